import type { ChildProcess } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { messageOf, RatchetError } from '../../../domain/errors/ratchet-error.js';
import { LineSplitter } from './line-splitter.js';
import type { OutputCapture } from './output-capture.js';
import { startSupervisor } from './spare-supervisor.js';
import {
  type EndUserSpec,
  type SupervisorEnded,
  type SupervisorRefused,
  type SupervisorSpec,
  type SupervisorStarted,
  supervisorEvent,
} from './supervisor-protocol.js';

const CLEAN_EXIT = 'exit code 0';

/** The supervisor was killed before it could tell how the run ended. */
export interface SupervisorLost {
  readonly event: 'lost';
  readonly by: string;
}

export type SupervisorEnding = SupervisorEnded | SupervisorRefused | SupervisorLost;

interface Pipes {
  readonly control: Writable;
  readonly stdout: Readable;
  readonly stderr: Readable;
  readonly status: Readable;
}

/**
 * Runs one program under a supervisor of its own, which `take` gives, and resolves when no process of it is left. Errors:
 * `PART_MISSING` where Python cannot be started.
 */
export async function runSupervised(
  python: string,
  spec: SupervisorSpec,
  output: OutputCapture,
  {
    signal,
    take = () => startSupervisor(python),
  }: { signal?: AbortSignal | undefined; take?: () => ChildProcess } = {},
): Promise<SupervisorEnding> {
  const child = take();
  const pipes = pipesOf(child);
  const told = listen(pipes.status);
  const say = (words: string) => pipes.control.write(words);
  // A supervisor that ended first closes this pipe: how it ended is told by its exit.
  pipes.control.on('error', () => child.stdin?.destroy());
  output.attach({ stdout: pipes.stdout, stderr: pipes.stderr }, () => say('output\n'));
  const cancel = () => say('cancel\n');
  say(`${JSON.stringify(spec)}\n`);
  signal?.addEventListener('abort', cancel, { once: true });
  if (signal?.aborted) cancel();
  try {
    const closed = new Promise<void>((resolve) => child.once('close', () => resolve()));
    const by = await exit(child, python);
    // An escaped orphan would hold the pipes open for ever.
    if (by !== CLEAN_EXIT && told.started !== undefined) await endOrphans(python, spec, told.started);
    await closed;
    return told.ending ?? { event: 'lost', by };
  } finally {
    signal?.removeEventListener('abort', cancel);
  }
}

function pipesOf(child: ChildProcess): Pipes {
  const [control, stdout, stderr, status] = child.stdio;
  return {
    control: control as Writable,
    stdout: stdout as Readable,
    stderr: stderr as Readable,
    status: status as Readable,
  };
}

function listen(status: Readable): {
  started?: SupervisorStarted;
  ending?: SupervisorEnded | SupervisorRefused;
} {
  const told: ReturnType<typeof listen> = {};
  const lines = new LineSplitter((line) => {
    const event = supervisorEvent.parse(JSON.parse(line));
    if (event.event === 'started') told.started = event;
    else told.ending = event;
  });
  status.on('data', (chunk: Buffer) => lines.write(chunk));
  return told;
}

/** Resolves with what ended the process; its pipes may still hold something. */
function exit(child: ChildProcess, python: string): Promise<string> {
  return new Promise((resolve, reject) => {
    child.once('error', (error) => {
      const message = `the interpreter ${python} cannot be started: ${messageOf(error)}`;
      reject(new RatchetError('PART_MISSING', message, { python }, { cause: error }));
    });
    child.once('exit', (code, signal) => resolve(signal ?? `exit code ${code}`));
  });
}

/** Without a namespace the group, and what belongs to the user of the run, may outlive a killed supervisor. */
async function endOrphans(python: string, spec: SupervisorSpec, started: SupervisorStarted): Promise<void> {
  if (spec.tier === 'uid' && started.uid !== null) await endUser(python, { endUser: started.uid });
  if (spec.tier === 'none') endGroup(started.pid);
}

async function endUser(python: string, spec: EndUserSpec): Promise<void> {
  const child = startSupervisor(python);
  const pipes = pipesOf(child);
  for (const stream of [pipes.stdout, pipes.stderr, pipes.status]) stream.resume();
  pipes.control.end(`${JSON.stringify(spec)}\n`);
  await exit(child, python);
}

function endGroup(leader: number): void {
  try {
    process.kill(-leader, 'SIGKILL');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}
