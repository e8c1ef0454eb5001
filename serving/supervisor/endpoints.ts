import { existsSync, mkdirSync } from 'node:fs';
import { readdir, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Logger } from 'pino';
import type { Environment } from '../../domain/config/setting.js';
import type {
  DeploymentTarget,
  EndpointName,
  ObservedEndpoint,
} from '../../domain/ports/deployment-target.js';
import type { Secrets } from '../../domain/ports/secrets.js';
import { agentFiles } from '../../domain/serving/agent-files.js';
import { Endpoint } from './endpoint.js';
import { endpointFolders, openEndpointFolder } from './endpoint-folder.js';
import { type HostPlace, hostEnvironment } from './host-environment.js';
import { nameShape } from './shapes.js';

export interface EndpointsOptions {
  /** What is remembered of all of them. */
  readonly dir: string;
  readonly host: string;
  readonly secrets: Secrets;
  /** Environment of this process. */
  readonly env: Environment;
  readonly log: Logger;
}

/** All endpoints of this machine. */
export interface Endpoints extends Omit<DeploymentTarget, 'kind'> {
  /** Of each endpoint the files of the record of predictions that no host of it delivers. */
  left(): Promise<readonly (EndpointName & { readonly files: number })[]>;
  /** Ends them all, to be restored by the next process. */
  stop(drainMs: number): Promise<void>;
}

const unknown = { revision: null, ordinal: null, at: null, replicas: [] } as const;

/** Opens the folder and starts what is remembered there. */
export async function openEndpoints({ dir, host, secrets, env, log }: EndpointsOptions): Promise<Endpoints> {
  const files = join(dir, agentFiles.files);
  mkdirSync(files, { recursive: true, mode: 0o700 });
  const all = new Map<string, Endpoint>();
  const keyOf = ({ project, endpoint }: EndpointName) => `${project}/${endpoint}`;
  const leaving = new Map<string, Promise<void>>();
  const environment = (place: HostPlace) => hostEnvironment(env, place, secrets);
  const open = (name: EndpointName): Endpoint => {
    const known = all.get(keyOf(name));
    if (known !== undefined) return known;
    const folder = openEndpointFolder(join(dir, name.project, name.endpoint));
    const endpoint = new Endpoint({ name, folder, files, host, environment });
    all.set(keyOf(name), endpoint);
    return endpoint;
  };
  for (const path of await endpointFolders(dir)) {
    try {
      const name = nameShape.parse({ project: basename(dirname(path)), endpoint: basename(path) });
      void open(name).restore();
    } catch (error) {
      // The others go on; whoever asks for this one is told.
      log.error({ err: error, path }, 'what is remembered of an endpoint cannot be read');
    }
  }
  await forgetOldFiles(files);

  const observe = ({ project, endpoint }: EndpointName): ObservedEndpoint =>
    all.get(keyOf({ project, endpoint }))?.observed ?? { project, endpoint, ...unknown };
  return {
    deploy: async (wanted, signal) => {
      const { project, endpoint } = wanted;
      await leaving.get(keyOf(wanted));
      const observed = await open({ project, endpoint }).deploy(wanted, signal);
      await forgetOldFiles(files);
      return observed;
    },
    observe: async (name) => observe(name),
    list: async () => [...all.values()].map(({ observed }) => observed),
    left: () => Promise.all([...all.values()].map(async (one) => ({ ...one.name, files: await one.left() }))),
    remove: async (name) => {
      const key = keyOf(name);
      const endpoint = all.get(key);
      all.delete(key);
      if (endpoint !== undefined)
        leaving.set(
          key,
          endpoint.remove().finally(() => leaving.delete(key)),
        );
      await leaving.get(key);
    },
    logs: async (name, lines) => all.get(keyOf(name))?.logs(lines) ?? [],
    stop: async (drainMs) => {
      await Promise.all([...all.values()].map((endpoint) => endpoint.stop(drainMs)));
    },
  };
}

/** A file is linked or unpacked as soon as it is used; what nobody used for so long is not about to be. */
const forgottenMs = 7 * 86_400_000;

async function forgetOldFiles(files: string): Promise<void> {
  if (!existsSync(files)) return;
  for (const name of await readdir(files)) {
    const path = join(files, name);
    const found = await stat(path).catch(() => undefined);
    if (found !== undefined && Date.now() - found.mtimeMs > forgottenMs) await rm(path, { force: true });
  }
}
