import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { RatchetError } from '../domain/errors/ratchet-error.js';
import { tailOf } from '../machine/part-log.js';
import { refuseSecond } from '../stack/recover.js';
import { readStackFile } from '../stack/stack-file.js';
import { logPath, type StackPaths } from '../stack/stack-paths.js';
import { stackStatus } from '../stack/stack-status.js';
import { makeStateFolder } from '../stack/state-folder.js';
import { demoAccounts } from './demo-accounts.js';
import { printFacts, printLine } from './print.js';
import type { UpChoice } from './stack-foreground.js';

/** A first start installs the tools, which may take minutes on a slow line. */
const patienceMs = 600_000;

/** Starts `ratchet up` as a process of its own and returns when its stack is ready. Errors: `CONFLICT`, `PART_UNAVAILABLE`. */
export async function detachStack(choice: UpChoice): Promise<void> {
  const paths = makeStateFolder(choice.stateDir);
  // A start beside one that runs would empty the log that the other one writes.
  if (stackStatus(choice.stateDir).pid !== null) refuseSecond(paths.state, readStackFile(paths.stackFile));
  const logFile = logPath(paths, 'stack');
  const child = spawnUp(choice, logFile);
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(signal === null ? `exit code ${code}` : `signal ${signal}`));
  });
  const how = await Promise.race([ended, readyOf(child, paths)]);
  if (how !== undefined) {
    throw new RatchetError(
      'PART_UNAVAILABLE',
      `the stack did not start: ${how}; the end of ${logFile}:\n${tailOf(logFile, 20)}`,
    );
  }
  child.unref();
  const urls = readStackFile(paths.stackFile)?.urls ?? {};
  printLine(`the stack is ready as process ${child.pid}`);
  printFacts([
    ['gateway', urls['gateway']],
    ["Temporal's pages", urls['temporalUi']],
    ['admin token', paths.tokenFile],
    ['accounts', await demoAccounts(choice.stateDir)],
    ['end it', `ratchet down --state-dir '${paths.state}'`],
  ]);
}

function spawnUp({ stateDir, ui, fresh }: UpChoice, logFile: string): ChildProcess {
  const script = process.argv[1];
  if (script === undefined) throw new Error('the program does not know its own path');
  const flags = [...(ui ? [] : ['--no-ui']), ...(fresh ? ['--fresh'] : [])];
  const out = openSync(logFile, 'w', 0o600);
  try {
    return spawn(process.execPath, [...process.execArgv, script, 'up', '--state-dir', stateDir, ...flags], {
      detached: true,
      stdio: ['ignore', out, out],
    });
  } finally {
    closeSync(out);
  }
}

/** Undefined when the child's stack is ready; a text when it ended, or was ended because patience is over. */
async function readyOf(child: ChildProcess, paths: StackPaths): Promise<string | undefined> {
  const deadline = Date.now() + patienceMs;
  while (Date.now() < deadline) {
    await sleep(100);
    const file = readStackFile(paths.stackFile);
    if (file?.phase === 'ready' && file.supervisor?.pid === child.pid) return undefined;
    if (child.exitCode !== null || child.signalCode !== null) return 'it ended';
  }
  child.kill('SIGTERM');
  return `it was not ready after ${patienceMs / 60_000} minutes`;
}
