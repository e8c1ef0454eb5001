import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { pino } from 'pino';
import { messageOf, RatchetError } from '../../domain/errors/ratchet-error.js';
import { agentFiles } from '../../domain/serving/agent-files.js';
import { createFileSecrets } from '../../machine/file-secrets.js';
import { tryLock } from '../../machine/folder-lock.js';
import { loadPlaces, loadSection } from '../../temporal.config.js';
import { openEndpoints } from './endpoints.js';
import { openMetricsPage } from './metrics-page.js';
import { serveAgent } from './serve-agent.js';
import { supervisorMetrics } from './supervisor-metrics.js';

/** Keeps the endpoints of this machine, until SIGTERM; the next one starts them again. */
async function main(): Promise<void> {
  const { endpoints: own, state } = loadPlaces(process.env);
  const [metrics, workers] = [loadSection('metrics', process.env), loadSection('workers', process.env)];
  const { dir, host } = own;
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  if ((await tryLock(dir, 'endpoints')) === undefined) {
    throw new RatchetError('CONFLICT', `another process keeps the endpoints of ${dir}`, { dir });
  }
  const log = pino({ name: 'endpoints' }, pino.destination(2));
  const secrets = createFileSecrets(state.secretsDir);
  const endpoints = await openEndpoints({ dir, host, secrets, env: process.env, log });
  const agent = await serveAgent(endpoints, join(dir, agentFiles.socket), log);
  const page = await openMetricsPage(metrics.host, metrics.port, supervisorMetrics(endpoints));

  const stop = async () => {
    await agent.close();
    await endpoints.stop(workers.shutdownGraceMs);
    page.close();
  };
  let isStopping = false;
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      if (isStopping) return;
      isStopping = true;
      stop().then(() => process.exit(0), fail);
    });
  }
  process.stdout.write(`${JSON.stringify({ ready: true, process: 'endpoints', url: page.url })}\n`);
}

function fail(error: unknown): void {
  const code = error instanceof RatchetError ? error.code : 'INTERNAL';
  process.stderr.write(`endpoints: ${code}: ${messageOf(error)}\n`, () => process.exit(1));
}

main().catch(fail);
