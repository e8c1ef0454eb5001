import { createHash } from 'node:crypto';
import { copyFile, mkdir, readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { engineLabels } from '../../../domain/engine/labels.js';
import type { EndpointAddresses, EndpointName } from '../../../domain/ports/deployment-target.js';
import type { DockerSetting } from './docker-setting.js';
import { doorsNetwork, type EndpointPlace } from './endpoint-place.js';
import { keep, readKept } from './kept-json.js';
import { waitUntilOpen } from './wait-until-open.js';

/** Ports within containers; a replica has the same. Counters of replicas do not mix: the first alone tells its own. */
const inside = { http: 8000, grpc: 8001, metrics: 9464 } as const;
type Ports = { readonly [K in keyof typeof inside]: number };

const program = fileURLToPath(new URL('./door.cjs', import.meta.url));
const mebibyte = 1024 ** 2;

/** For connections that are being served. */
const doorGraceMs = 5000;

/** The label that tells a door from a replica. */
export const doorLabel = 'ratchet.door';

/** Opens the door of an endpoint at ports that stay its own, unless it is open. One on another base is replaced. */
export async function openDoor(
  { engine, agent, root, base }: DockerSetting,
  place: EndpointPlace,
  { project, endpoint }: EndpointName,
): Promise<void> {
  const ports = (await readKept<Ports>(place.portsFile)) ?? (await choosePorts(place));
  await engine.ensureNetwork(doorsNetwork(agent), 'doors');
  const script = await programFile(root);
  const image = await base();
  const labels = {
    [engineLabels.project]: project,
    [engineLabels.endpoint]: endpoint,
    [doorLabel]: 'true',
  };
  // Two containers cannot answer at the same ports of the host, so the old door ends before the new one is there.
  const before = (await engine.containers(labels)).find(({ name }) => name === place.doorName);
  if (before !== undefined && before.imageId !== image) await engine.remove(place.doorName, doorGraceMs);
  const door = await engine.run(place.doorName, {
    image,
    labels,
    env: {
      RATCHET_DOORS: JSON.stringify(
        Object.entries(inside).map(([name, port]) => ({
          host: '0.0.0.0',
          port,
          isSpread: name !== 'metrics',
        })),
      ),
    },
    command: ['/usr/bin/node', '/door.cjs', `/door/${basename(place.liveFile)}`],
    reads: [
      { source: script, target: '/door.cjs' },
      { source: dirname(place.liveFile), target: '/door' },
    ],
    scratch: [],
    network: doorsNetwork(agent),
    publish: Object.entries(inside).map(([name, containerPort]) => ({
      containerPort,
      hostPort: ports[name as keyof Ports],
    })),
    limits: { memoryBytes: 128 * mebibyte, cpus: 1, processes: 64 },
    isKept: true,
  });
  await engine.connect(place.network, place.doorName);
  await waitUntilOpen(door.address ?? '', inside.http);
}

/** Null before there is a door. */
export async function addressesOf(place: EndpointPlace): Promise<EndpointAddresses | null> {
  const ports = await readKept<Ports>(place.portsFile);
  if (ports === null) return null;
  return {
    http: `http://127.0.0.1:${ports.http}`,
    grpc: `127.0.0.1:${ports.grpc}`,
    metrics: `http://127.0.0.1:${ports.metrics}/metrics`,
  };
}

async function choosePorts(place: EndpointPlace): Promise<Ports> {
  const servers = Object.keys(inside).map(() => createServer());
  const found = await Promise.all(
    servers.map(
      (server) =>
        new Promise<number>((done, failed) => {
          server.once('error', failed).listen(0, '127.0.0.1', () => {
            const at = server.address();
            done(at !== null && typeof at === 'object' ? at.port : 0);
          });
        }),
    ),
  );
  await Promise.all(servers.map((server) => new Promise((done) => server.close(done))));
  const [http = 0, grpc = 0, metrics = 0] = found;
  await keep(place.portsFile, { http, grpc, metrics });
  return { http, grpc, metrics };
}

/** Beneath the agent's root, from where containers may read; another version of it is another file. */
async function programFile(root: string): Promise<string> {
  const digest = createHash('sha256')
    .update(await readFile(program))
    .digest('hex')
    .slice(0, 12);
  const path = join(root, 'doors', `${digest}.cjs`);
  await mkdir(dirname(path), { recursive: true });
  await copyFile(program, path);
  return path;
}
