import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { z } from 'zod';
import { catalogue, type ErrorCode } from '../domain/errors/catalogue.js';
import { RatchetError } from '../domain/errors/ratchet-error.js';
import { leanNode } from '../domain/serving/lean-node.js';
import { ownProgram } from '../machine/own-program.js';

/** A server in the foreground. It ends when this process does. */
export interface ServingProcess {
  readonly at: { readonly http: string; readonly grpc: string; readonly metrics: string };
  /** Resolves when it has ended in order. Error: `INTERNAL` where it has not. */
  readonly ended: Promise<void>;
}

const program = ownProgram(import.meta.url, '../serving/main');

const isCode = (code: string): code is ErrorCode => Object.hasOwn(catalogue, code);
const saidShape = z.discriminatedUnion('ready', [
  z.object({ ready: z.literal(true), http: z.string(), grpc: z.string(), metrics: z.string() }),
  z.object({ ready: z.literal(false), code: z.string().refine(isCode), message: z.string() }),
]);

/** Starts the server and waits until it answers; null where a signal ended it before. Errors: those that it cannot start for, with their codes. */
export async function startServing(
  settings: Readonly<Record<string, string | undefined>>,
): Promise<ServingProcess | null> {
  const child = fork(program.file, [], {
    env: { ...leanNode.env, ...process.env, ...given(settings) },
    execArgv: [...program.execArgv, ...leanNode.options],
    stdio: 'inherit',
  });
  const ended = endOf(child);
  let isStopping = false;
  const stop = () => {
    isStopping = true;
    child.kill('SIGTERM');
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
  const said = await Promise.race([once(child, 'message'), ended.then(gone, gone)]);
  if (said === null) {
    if (!isStopping) await ended;
    return null;
  }
  const told = saidShape.parse(said[0]);
  if (told.ready) return { at: told, ended };
  await ended.catch(() => undefined);
  throw new RatchetError(told.code, told.message);
}

const gone = () => null;

async function endOf(child: ChildProcess): Promise<void> {
  const [code, signal] = (await once(child, 'exit')) as [number | null, string | null];
  if (code === 0) return;
  throw new RatchetError('INTERNAL', `the server ended with ${signal ?? `code ${code}`}`);
}

function given(settings: Readonly<Record<string, string | undefined>>) {
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));
}
