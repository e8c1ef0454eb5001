import { printableLine } from '../domain/printable.js';
import { type RunningStack, startStack } from '../stack/start-stack.js';
import { colors } from './colors.js';
import { demoAccounts } from './demo-accounts.js';
import { printFacts, printLine } from './print.js';

export interface UpChoice {
  readonly stateDir: string;
  readonly ui: boolean;
  readonly fresh: boolean;
  /** Folder of the compiled programs. Default: `dist/` of the package. */
  readonly dist?: string;
}

/** Runs the stack until a signal ends it: the first stops it in order, a second one at once. */
export async function runInForeground(choice: UpChoice): Promise<void> {
  const stopping = new AbortController();
  const asked = new Promise<void>((resolve) => {
    const onSignal = (signal: NodeJS.Signals) => {
      // The parts go with the process, see the supervisor.
      if (stopping.signal.aborted) process.exit(130);
      log('stack', `${signal}: stopping every part in order; once more ends them at once`);
      stopping.abort();
      resolve();
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal);
  });
  const stack = await startOrAbort(choice, stopping.signal);
  if (stack === undefined) return;
  await asked;
  await stack.stop();
  log('stack', 'stopped');
}

/** Undefined where a signal came first. */
async function startOrAbort(choice: UpChoice, signal: AbortSignal): Promise<RunningStack | undefined> {
  const since = performance.now();
  try {
    const stack = await startStack({ ...choice, processes: true, log, signal });
    const tookMs = performance.now() - since;
    announce(stack, tookMs, await demoAccounts(stack.stateDir));
    return stack;
  } catch (error) {
    if (signal.aborted) return undefined;
    throw error;
  }
}

function announce(stack: RunningStack, tookMs: number, accounts: string | undefined): void {
  const { urls, stateDir, tokenFile } = stack;
  log('stack', `ready in ${(tookMs / 1000).toFixed(1)} s`);
  printLine();
  printFacts([
    ['gateway', urls['gateway']],
    ["Temporal's pages", urls['temporalUi']],
    ['Temporal', urls['temporal']],
    ['Postgres', urls['database']],
    ['S3', urls['s3']],
    ['admin token', tokenFile],
    ['accounts', accounts],
    ['logs', `${stateDir}/logs`],
  ]);
  printLine();
  printLine(colors.dim('Ctrl-C stops it. A part that dies is started again.'));
}

function log(part: string, text: string): void {
  const time = new Date().toISOString().slice(11, 19);
  const lines = text.split('\n').map(printableLine);
  for (const line of lines) printLine(`${colors.dim(time)}  ${colors.cyan(part.padEnd(12))}  ${line}`);
}
