import { pino } from 'pino';
import { messageOf, RatchetError } from '../domain/errors/ratchet-error.js';
import { loadConfig } from '../temporal.config.js';
import { listen } from './http/listen.js';
import { openGateway } from './open-gateway.js';

/** The control plane as a process: answers until SIGTERM, then finishes what it is answering. */
async function main(): Promise<void> {
  const config = loadConfig(process.env);
  const gateway = await openGateway(config, pino({ name: 'gateway' }));
  const metrics = await listen(gateway.metricsApp, config.metrics);
  const api = await listen(gateway.app, config.gateway);
  const url = `http://${config.gateway.host}:${api.port}`;

  const stop = async () => {
    setTimeout(() => process.exit(1), config.workers.shutdownGraceMs).unref();
    await api.close();
    await Promise.all([metrics.close(), gateway.close()]);
    process.exit(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      stop().catch(fail);
    });
  }
  process.stdout.write(`${JSON.stringify({ ready: true, process: 'gateway', url })}\n`);
}

function fail(error: unknown): never {
  const code = error instanceof RatchetError ? error.code : 'INTERNAL';
  process.stderr.write(`gateway: ${code}: ${messageOf(error)}\n`);
  process.exit(1);
}

main().catch(fail);
