import { writeSync } from 'node:fs';
import { inspect } from 'node:util';
import { DefaultLogger, makeTelemetryFilterString, Runtime } from '@temporalio/worker';

let installed = false;

/** The test server lacks an answer that the SDK warns about in every worker. */
export function installQuietRuntime(): void {
  if (installed) return;
  installed = true;
  const filter = makeTelemetryFilterString({ core: 'ERROR', other: 'ERROR' });
  // Past `process.stderr`, which a command under test may be given in the same process.
  const logger = new DefaultLogger('ERROR', ({ level, message, meta }) => {
    writeSync(2, `[${level}] ${message} ${meta === undefined ? '' : inspect(meta)}\n`);
  });
  Runtime.install({ logger, telemetryOptions: { logging: { filter } } });
}
