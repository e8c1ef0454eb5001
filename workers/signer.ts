import { pino } from 'pino';
import { collectDefaultMetrics, Registry } from 'prom-client';
import { messageOf, RatchetError } from '../domain/errors/ratchet-error.js';
import { loadSection, requireSetting } from '../temporal.config.js';
import { serveRegistry } from './serve-registry.js';
import { readKeyFile } from './signing/read-key-file.js';
import { serveSigner } from './signing/serve-signer.js';

/** The only process that holds the signing key: signs what each caller may have signed, until SIGTERM. */
async function main(): Promise<void> {
  const settings = loadSection('signing', process.env);
  const served = await serveSigner({
    host: settings.host,
    port: settings.port,
    privateKey: await readKeyFile(requireSetting(settings.keyFile, 'RATCHET_SIGNER_KEY_FILE')),
    callers: {
      gateway: requireSetting(settings.gatewaySha256, 'RATCHET_SIGNER_GATEWAY_SHA256'),
      workers: requireSetting(settings.workersSha256, 'RATCHET_SIGNER_WORKERS_SHA256'),
    },
    log: pino({ name: 'signer' }),
  });
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const metrics = await serveRegistry(registry, loadSection('metrics', process.env));
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      Promise.all([served.close(), metrics.close()]).then(() => process.exit(0), fail);
    });
  }
  process.stdout.write(`${JSON.stringify({ ready: true, process: 'signer', url: served.url })}\n`);
}

function fail(error: unknown): never {
  const code = error instanceof RatchetError ? error.code : 'INTERNAL';
  process.stderr.write(`signer: ${code}: ${messageOf(error)}\n`);
  process.exit(1);
}

main().catch(fail);
