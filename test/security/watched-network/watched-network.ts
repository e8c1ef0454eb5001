import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { packageRoot } from '../../../stack/package-root.js';

/** A look-up of a name, or a packet to an address outside. */
export interface Seen {
  readonly kind: 'look-up' | 'packet';
  readonly to: string;
}

/** A network of its own, with loopback and a way out that leads nowhere, and the processes that run in it. */
export interface WatchedNetwork {
  /** Runs a program in it and gives its standard output. What it said on its way to another end is the error. */
  run(command: readonly string[], env?: Readonly<Record<string, string>>): Promise<string>;
  /** Everything that was seen so far. */
  seen(): readonly Seen[];
  /** Kills whatever still runs in it. */
  close(): Promise<void>;
}

const here = fileURLToPath(new URL('.', import.meta.url));
/** The kernel ends it, and with it everything inside, where a test process is killed. */
const tied = ['--pdeathsig', 'KILL', '--', 'unshare'];
const namespaces = ['--net', '--mount', '--pid', '--fork', '--kill-child', '--mount-proc'];

/** In it /tmp holds nothing but the `visible` folders. */
export async function openWatchedNetwork(visible: readonly string[]): Promise<WatchedNetwork> {
  const files = await mkdtemp(join(tmpdir(), 'watched-network-'));
  const script = ['sh', join(here, 'enter.sh'), here, files, packageRoot(), ...visible];
  const child = spawn('setpriv', [...tied, ...namespaces, ...script], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const gone = once(child, 'exit');
  const seen: Seen[] = [];
  const close = async () => {
    child.kill('SIGKILL');
    await gone;
    await rm(files, { recursive: true });
  };
  try {
    await watching(child, seen);
  } catch (error) {
    await close();
    throw error;
  }
  return {
    run: (command, env = {}) => runInside(child.pid ?? 0, command, env),
    seen: () => seen,
    close,
  };
}

/** Puts what the watcher sees into `seen`; resolves when it watches. */
function watching(child: ChildProcess, seen: Seen[]): Promise<void> {
  const { stdout, stderr } = child;
  if (stdout === null || stderr === null) throw new Error('the watcher has no output');
  let said = '';
  stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', () => reject(new Error(`the watched network ended: ${said}`)));
    createInterface(stdout).on('line', (line) => {
      const event = JSON.parse(line) as { kind: 'watching' } | Seen;
      if (event.kind === 'watching') resolve();
      else seen.push(event);
    });
  });
}

async function runInside(
  pid: number,
  command: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<string> {
  const into = ['--target', String(pid), '--net', '--mount', `--pid=/proc/${pid}/ns/pid_for_children`, '--'];
  const { stdout } = await promisify(execFile)('nsenter', [...into, ...command], {
    env: { PATH: process.env['PATH'] ?? '', ...env },
    maxBuffer: 64 * 1024 ** 2,
  });
  return stdout;
}
