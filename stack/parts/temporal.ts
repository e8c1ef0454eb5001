import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { httpAnswers } from '../readiness.js';
import { bareEnvironment } from '../spawn-part.js';
import { logPath } from '../stack-paths.js';
import type { PartSpec } from '../supervised-part.js';
import type { PartContext } from './part-context.js';
import { findTemporal } from './temporal-program.js';

export const temporalPorts = ['temporal', 'temporalHttp', 'temporalMetrics', 'temporalUi'] as const;
export const temporalNamespace = 'default';

/** The development server on a file, with its UI where asked for. */
export async function temporalPart(context: PartContext, ui: boolean): Promise<PartSpec> {
  const { paths, port } = context;
  const program = await findTemporal((text) => context.log('temporal', text));
  mkdirSync(paths.temporal, { recursive: true, mode: 0o700 });
  const ready = `http://127.0.0.1:${port('temporalHttp')}/api/v1/namespaces/${temporalNamespace}`;
  return {
    name: 'temporal',
    address: `127.0.0.1:${port('temporal')}`,
    source: `${program.source}: ${program.path} (server ${program.server})`,
    command: {
      program: program.path,
      args: serverArguments(context, ui),
      env: { ...bareEnvironment(paths.temporal), TEMPORAL_VERSION_CHECK_DISABLED: '1' },
      cwd: paths.temporal,
    },
    ask: (signal) => httpAnswers(ready, [200], signal),
    startTimeoutMs: 30_000,
    stopSignal: 'SIGTERM',
    stopGraceMs: 5000,
    logFile: logPath(paths, 'temporal'),
    secrets: [],
  };
}

/**
 * One task-queue partition, because priority and fairness are exact only then; WAL with NORMAL halves the time of a
 * workflow on the file.
 */
function serverArguments({ paths, port }: PartContext, ui: boolean): readonly string[] {
  const pages = ui
    ? ['--ui-port', String(port('temporalUi')), '--ui-ip', '127.0.0.1', '--ui-disable-news-fetch']
    : ['--headless'];
  return [
    ...['server', 'start-dev', ...pages, '--ip', '127.0.0.1', '--namespace', temporalNamespace],
    ...['--port', String(port('temporal')), '--http-port', String(port('temporalHttp'))],
    ...['--metrics-port', String(port('temporalMetrics'))],
    ...['--db-filename', join(paths.temporal, 'temporal.db'), '--log-level', 'error'],
    ...['--sqlite-pragma', 'journal_mode=WAL', '--sqlite-pragma', 'synchronous=NORMAL'],
    ...['--dynamic-config-value', 'matching.enableFairness=true'],
    ...['--dynamic-config-value', 'matching.numTaskqueueReadPartitions=1'],
    ...['--dynamic-config-value', 'matching.numTaskqueueWritePartitions=1'],
  ];
}
