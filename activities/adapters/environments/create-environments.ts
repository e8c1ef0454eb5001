import { createHash } from 'node:crypto';
import { access, constants, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { canonicalText } from '../../../domain/canonical-text.js';
import type { Environment, EnvironmentSpec, Environments } from '../../../domain/ports/environments.js';
import { type FileLock, holdFileLock } from '../processes/hold-file-lock.js';
import type { InstallOptions } from './installer.js';
import { buildNode, nodeEnvironment } from './node-environment.js';
import { buildPython, pythonEnvironment } from './python-environment.js';
import { findInterpreter, type Interpreter } from './python-interpreter.js';
import { pinnedNames } from './requirements.js';

/** An environment that can be made in a folder of its own. */
interface Plan {
  readonly folder: string;
  readonly environment: Environment;
  /** A file that is there and leads somewhere while the environment works. */
  readonly proof: string;
  build(options: InstallOptions): Promise<void>;
}

const platform = `${process.platform}-${process.arch}`;

/**
 * Environments under `<stateDir>/environments/<digest>`, each made once on this machine and kept. `python` is the
 * interpreter to use; absent: `RATCHET_PYTHON`, else the best on PATH. Errors: `ENVIRONMENT_FAILED`, `PART_MISSING`.
 */
export function createEnvironments(options: {
  readonly stateDir: string;
  readonly python?: string;
}): Environments {
  const root = join(options.stateDir, 'environments');
  let found: Promise<Interpreter> | undefined;
  const python = () => {
    found ??= findInterpreter(options.python).catch((error: unknown) => {
      found = undefined;
      throw error;
    });
    return found;
  };
  const planFor = async (spec: EnvironmentSpec): Promise<Plan | Environment> => {
    if (spec.kind === 'none') return machineEnvironment();
    const plan =
      spec.kind === 'python' ? planPython(root, spec.requirements, await python()) : planNode(root, spec);
    return plan;
  };
  return {
    digest: async (spec) => {
      const plan = await planFor(spec);
      return 'build' in plan ? plan.environment.digest : plan.digest;
    },
    prepare: async (spec, watch) => {
      const plan = await planFor(spec);
      if (!('build' in plan)) return plan;
      if (!(await isReady(plan))) await make(plan, watch);
      return plan.environment;
    },
  };
}

function machineEnvironment(): Environment {
  const env = { PATH: process.env['PATH'] ?? '/usr/local/bin:/usr/bin:/bin', ORT_DISABLE_TELEMETRY: '1' };
  return { digest: digestOf({ kind: 'none', platform }), readOnly: [], env };
}

function planPython(root: string, requirements: string, python: Interpreter): Plan {
  // Refused with the plan, before anything is made from it.
  const pins = pinnedNames(requirements);
  const { version, tag } = python;
  const digest = digestOf({ kind: 'python', requirements, version, tag, platform: python.platform });
  const folder = join(root, folderName(digest));
  return {
    folder,
    environment: pythonEnvironment(digest, folder, python),
    proof: join(folder, 'bin/python'),
    build: (options) => buildPython(folder, python, { requirements, pins }, options),
  };
}

function planNode(root: string, spec: Extract<EnvironmentSpec, { kind: 'node' }>): Plan {
  const { manifest, lock, production } = spec;
  const part = production === undefined ? {} : { production };
  const digest = digestOf({ kind: 'node', manifest, lock, version: process.version, platform, ...part });
  const folder = join(root, folderName(digest));
  return {
    folder,
    environment: nodeEnvironment(digest, folder),
    proof: join(folder, 'node_modules'),
    build: (options) => buildNode(folder, spec, options),
  };
}

/** Short, as the paths of programs in it go into first lines of scripts, which the kernel cuts. */
const folderName = (digest: string) => digest.slice(0, 32);

async function make(
  plan: Plan,
  watch: { readonly signal?: AbortSignal; readonly onLine?: (line: string) => void },
): Promise<void> {
  const lock: FileLock = await holdFileLock(`${plan.folder}.lock`, watch.signal);
  try {
    if (await isReady(plan)) return;
    // What a killed process left; its installers held the lock until they ended.
    await rm(plan.folder, { recursive: true, force: true });
    await mkdir(plan.folder, { recursive: true, mode: 0o755 });
    await plan.build({ ...watch, keepOpen: lock.fd });
    await writeFile(join(plan.folder, 'ready'), `${plan.environment.digest}\n`);
  } catch (error) {
    await rm(plan.folder, { recursive: true, force: true });
    throw error;
  } finally {
    await lock.release();
  }
}

/** The marker is written last. An interpreter that was uninstalled makes its environments unready. */
async function isReady({ folder, proof }: Plan): Promise<boolean> {
  const checks = [access(join(folder, 'ready')), access(proof, constants.X_OK)];
  return (await Promise.allSettled(checks)).every(({ status }) => status === 'fulfilled');
}

function digestOf(value: unknown): string {
  return createHash('sha256').update(canonicalText(value)).digest('hex');
}
