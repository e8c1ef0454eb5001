import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { loadClientConnectConfig } from '@temporalio/envconfig';
import { NativeConnection, Runtime, Worker, type WorkerOptions } from '@temporalio/worker';
import { pino } from 'pino';
import { StepInterceptor } from '../activities/steps/step-interceptor.js';
import { type Config, loadConfig } from '../temporal.config.js';
import { processIdentity } from './process-identity.js';
import { reclaimAbandoned } from './reclaim-abandoned.js';
import { runtimeOptions } from './runtime-options.js';
import { serveMetrics } from './serve-metrics.js';
import { claimWorkFolder } from './work-folder.js';
import { openWorkerDeps, type WorkerDeps } from './worker-deps.js';
import { workflowPatience } from './workflow-patience.js';

/** What a kind of worker is: its queue, what it runs, how much at once. */
export interface WorkerKind {
  readonly name: 'orchestrator' | 'cpu' | 'gpu' | 'serving';
  readonly options: (
    deps: WorkerDeps,
    config: Config,
  ) => Partial<WorkerOptions> & Pick<WorkerOptions, 'taskQueue'>;
  /** Done once before polling, such as registering search attributes. */
  readonly before?: (deps: WorkerDeps, config: Config) => Promise<void>;
}

/** Runs a worker until SIGTERM: polls, drains, closes. Exits 1 where it cannot start or cannot drain in time. */
export function runWorker(kind: WorkerKind): void {
  start(kind).catch((error: unknown) => {
    process.stderr.write(`${kind.name} worker: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  });
}

async function start(kind: WorkerKind): Promise<void> {
  const config = loadConfig(process.env);
  const log = pino({ name: kind.name });
  Runtime.install(runtimeOptions(config, log));
  const { connectionOptions } = loadClientConnectConfig();
  const address = { ...connectionOptions, address: config.temporal.address };
  const [native, connection] = await Promise.all([
    NativeConnection.connect(address),
    Connection.connect(address),
  ]);
  const client = new Client({ connection, namespace: config.temporal.namespace });
  const identity = await processIdentity();
  const deps = await openWorkerDeps(config, client, {
    application: kind.name,
    workDir: await claimWorkFolder(join(config.state.dir, 'work'), identity, log),
  });
  await kind.before?.(deps, config);

  const worker = await Worker.create({
    connection: native,
    namespace: config.temporal.namespace,
    identity: `${kind.name}@${identity}`,
    shutdownGraceTime: config.workers.shutdownGraceMs,
    shutdownForceTime: config.workers.shutdownGraceMs + 5000,
    maxHeartbeatThrottleInterval: '1s',
    stickyQueueScheduleToStartTimeout: '2s',
    ...workflowPatience,
    interceptors: { activity: [() => ({ inbound: new StepInterceptor(deps, identity) })] },
    ...kind.options(deps, config),
  });
  const metrics = await serveMetrics(config, deps, kind.name);
  await reclaimAbandoned(client, log);
  process.stdout.write(`${JSON.stringify({ ready: true, process: kind.name, url: metrics.url })}\n`);
  try {
    await worker.run();
  } finally {
    await metrics.close();
    await Promise.all([native.close(), connection.close(), deps.close()]);
    await rm(deps.workDir, { recursive: true, force: true });
  }
  process.exit(0);
}
