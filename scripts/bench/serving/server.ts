import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { pickPorts } from '../../../machine/free-ports.js';
import { treeMemoryMiB } from '../processes.js';
import { type LoadTerms, measureLoad } from './measure-load.js';

/** A server under measurement, alone on the first core. */
export interface Server {
  readonly name: string;
  readonly ports: ServerPorts;
  /** From its start to its first answer. */
  readonly startMs: number;
  /** Of its own request, or of another one. */
  load(terms: LoadTerms, request?: Buffer): ReturnType<typeof measureLoad>;
  /** Of it and all its processes. */
  memoryMiB(): number;
  stop(): Promise<void>;
}

/** Ports that a server may take. */
export interface ServerPorts {
  readonly http: number;
  readonly grpc: number;
  readonly metrics: number;
}

export interface ServerProgram {
  readonly name: string;
  readonly command: (ports: ServerPorts) => readonly [program: string, ...args: string[]];
  readonly env?: (ports: ServerPorts) => Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** Where it is asked, and with what; one answer of 200 says that it is there. */
  readonly path: string;
  readonly body: string;
}

const longestStartMs = 60_000;
const lookEveryMs = 5;

export async function startServer(program: ServerProgram): Promise<Server> {
  const names = ['http', 'grpc', 'metrics'] as const;
  const picked = await pickPorts(
    names.map((name) => ({ name, twin: false })),
    process.pid,
  );
  const ports = picked as Readonly<Record<(typeof names)[number], number>>;
  const began = performance.now();
  const [command, ...args] = program.command(ports);
  const child = spawn('taskset', ['-c', '0', command, ...args], {
    cwd: program.cwd,
    env: { ...process.env, ORT_DISABLE_TELEMETRY: '1', ...program.env?.(ports) },
    stdio: ['ignore', 'ignore', 'pipe'],
    detached: true,
  });
  const said: string[] = [];
  child.stderr?.setEncoding('utf8').on('data', (text: string) => said.push(text));
  const stop = () => end(child);
  try {
    await answers(program, ports.http, began + longestStartMs, child);
  } catch (error) {
    await stop();
    throw new Error(`${program.name} did not start: ${said.join('').slice(-2000)}`, { cause: error });
  }
  return {
    name: program.name,
    ports,
    startMs: performance.now() - began,
    load: (terms, request = httpRequest(program.path, program.body)) =>
      measureLoad(ports.http, request, terms),
    memoryMiB: () => treeMemoryMiB(child.pid ?? 0),
    stop,
  };
}

async function answers(
  { path, body }: ServerProgram,
  port: number,
  untilMs: number,
  child: ChildProcess,
): Promise<void> {
  for (;;) {
    if (child.exitCode !== null) throw new Error(`it ended with ${child.exitCode}`);
    if (performance.now() > untilMs) throw new Error('it did not answer in time');
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
      method: 'POST',
      headers: json,
      body,
    }).catch(() => undefined);
    await answer?.arrayBuffer();
    if (answer?.status === 200) return;
    await sleep(lookEveryMs);
  }
}

/** With all the processes that it started. */
async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const ended = once(child, 'exit');
  process.kill(-child.pid, 'SIGTERM');
  const killed = setTimeout(() => process.kill(-(child.pid ?? 0), 'SIGKILL'), 10_000);
  await ended;
  clearTimeout(killed);
}

const json = { 'content-type': 'application/json' };

/** As it goes over the wire. */
export function httpRequest(
  path: string,
  body: string | Uint8Array,
  headers: Readonly<Record<string, string>> = json,
): Buffer {
  const content = typeof body === 'string' ? Buffer.from(body) : body;
  const all = Object.entries({ host: '127.0.0.1', ...headers, 'content-length': String(content.length) });
  const head = all.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  return Buffer.concat([Buffer.from(`POST ${path} HTTP/1.1\r\n${head}\r\n`), content]);
}
