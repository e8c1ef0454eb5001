import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadClientConnectConfig } from '@temporalio/envconfig';
import { NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { type Logger, pino } from 'pino';
import { collectDefaultMetrics, Registry } from 'prom-client';
import { createDockerTarget } from '../activities/adapters/docker-target/create-docker-target.js';
import { agentsOf } from '../activities/adapters/engine/agents-of.js';
import { createEngine } from '../activities/adapters/engine/create-engine.js';
import { createSwarmTarget } from '../activities/adapters/swarm-target/create-swarm-target.js';
import { createEngineActivities } from '../activities/engine/engine-activities.js';
import { keepNodeBase } from '../activities/engine/node-base-image.js';
import { removeHalfBuilt } from '../activities/engine/serving-image.js';
import { FailureInterceptor } from '../activities/steps/failure-interceptor.js';
import { blobKey } from '../db/blobs/keys.js';
import { openBlobStore } from '../db/blobs/open-blob-store.js';
import { runcFault } from '../domain/engine/runc-version.js';
import { confinesServices } from '../domain/engine/service-spec.js';
import { messageOf } from '../domain/errors/ratchet-error.js';
import { queues } from '../domain/names.js';
import type { ManifestModel } from '../domain/serving/manifest.js';
import { createFileSecrets } from '../machine/file-secrets.js';
import { loadSection, requireSetting } from '../temporal.config.js';
import { processIdentity } from './process-identity.js';
import { runtimeOptions } from './runtime-options.js';
import { serveRegistry } from './serve-registry.js';

/** Two levels above the compiled file, one above its source. */
const here = fileURLToPath(new URL('.', import.meta.url));
const packageRoot = resolve(here, here.includes('/dist/') ? '../..' : '..');

/**
 * The engine agent: alone holds the socket of the Docker engine, whose holder rules the machine. It knows no database and
 * no signing key; what it is asked for comes over its queue, and is held against the list of `domain/engine`.
 */
async function main(): Promise<void> {
  const config = {
    temporal: loadSection('temporal', process.env),
    metrics: loadSection('metrics', process.env),
    workers: loadSection('workers', process.env),
  };
  const log = pino({ name: 'engine' });
  Runtime.install(runtimeOptions(config, log));
  const { connectionOptions } = loadClientConnectConfig();
  const connection = await NativeConnection.connect({
    ...connectionOptions,
    address: config.temporal.address,
  });
  const { activities, close } = await openAgent(log);
  const worker = await Worker.create({
    connection,
    namespace: config.temporal.namespace,
    taskQueue: queues.engine,
    identity: `engine@${await processIdentity()}`,
    shutdownGraceTime: config.workers.shutdownGraceMs,
    shutdownForceTime: config.workers.shutdownGraceMs + 5000,
    maxHeartbeatThrottleInterval: '1s',
    interceptors: { activity: [() => ({ inbound: new FailureInterceptor() })] },
    activities,
  });
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const metrics = await serveRegistry(registry, config.metrics);
  process.stdout.write(`${JSON.stringify({ ready: true, process: 'engine', url: metrics.url })}\n`);
  try {
    await worker.run();
  } finally {
    await metrics.close();
    await connection.close();
    close();
  }
  process.exit(0);
}

async function openAgent(log: Logger) {
  const state = loadSection('state', process.env);
  const dir = resolve(state.dir);
  const { containers, services } = agentsOf(dir);
  const { root } = containers;
  const socketPath = requireSetting(loadSection('engine', process.env).socket, 'RATCHET_ENGINE_SOCKET');
  const engine = createEngine({ socketPath, ...containers });
  await removeHalfBuilt(root);
  const settings = loadSection('blobs', process.env);
  const blobs = openBlobStore(settings);
  const base = keepNodeBase(engine, root, packageRoot);
  const parts = {
    base: base.get,
    blobs,
    modelFile: ({ sha256, bytes }: ManifestModel) => ({
      uri: `s3://${settings.bucket}/${blobKey(sha256)}`,
      sha256,
      bytes,
    }),
    secrets: createFileSecrets(resolve(state.secretsDir ?? join(dir, 'secrets'))),
  };
  const target = createDockerTarget({ engine, ...containers, ...parts });
  const swarmTarget = createSwarmTarget({
    engine: createEngine({ socketPath, ...services }),
    ...services,
    ...parts,
  });
  // Which versions run is a finding for whoever keeps the machine: escapes from containers were mended in some.
  const version = await engine.version();
  log.info(version, 'the engine answers');
  if ((await engine.swarm.node()) !== null && !confinesServices(version))
    log.warn('services are started without no-new-privileges, which engines know since 25');
  const fault = runcFault(version.components['runc'] ?? 'unknown');
  if (fault !== null) log.warn(fault);
  // What could not be brought about is asked for again by whoever wants it; the agent is there for it.
  for (const { settle } of [target, swarmTarget])
    await settle().catch((error: unknown) => log.error({ err: error }, 'endpoints are not as they were'));
  const activities = createEngineActivities({
    ...{ engine, blobs, root, packageRoot, target, swarmTarget },
    base: base.get,
    renewBase: base.renew,
  });
  return { activities, close: () => blobs.close() };
}

main().catch((error: unknown) => {
  process.stderr.write(`engine worker: ${messageOf(error)}\n`);
  process.exit(1);
});
