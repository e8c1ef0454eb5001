import { fork } from 'node:child_process';
import { once } from 'node:events';
import { z } from 'zod';
import { catalogue, type ErrorCode } from '../domain/errors/catalogue.js';
import { RatchetError } from '../domain/errors/ratchet-error.js';
import { ownProgram } from './own-program.js';

const program = ownProgram(import.meta.url, '../workers/inspect-image');

/** An image is made by others; what reading it may take is bounded. */
const defaultHeapMiB = 2048;

const isCode = (code: string): code is ErrorCode => Object.hasOwn(catalogue, code);
const answerShape = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), value: z.unknown() }),
  z.object({
    ok: z.literal(false),
    code: z.string().refine(isCode),
    message: z.string(),
    details: z.record(z.string(), z.unknown()),
  }),
]);

export interface ImageQuestionOptions {
  /** Default 2048. */
  readonly mostHeapMiB?: number;
  /** Ends the process. */
  readonly signal?: AbortSignal;
}

/** Asks about an image in a process of its own. Errors: those that it answers with, and `IMAGE_HOSTILE` where it dies of the image. */
export async function askAboutImage<T>(
  shape: z.ZodType<T>,
  request: object,
  { mostHeapMiB = defaultHeapMiB, signal }: ImageQuestionOptions = {},
): Promise<T> {
  const child = fork(program.file, [], {
    execArgv: [`--max-old-space-size=${mostHeapMiB}`, ...program.execArgv],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    // It reads what others made and knows nothing that they could take with them.
    env: {},
    killSignal: 'SIGKILL',
    ...(signal === undefined ? {} : { signal }),
  });
  const said: Buffer[] = [];
  child.stderr?.on('data', (chunk: Buffer) => said.push(chunk));
  const ended = once(child, 'close') as Promise<[number | null, string | null]>;
  // One that is gone tells so by its end.
  child.send(request, () => undefined);
  const first = await Promise.race([once(child, 'message'), ended.then(() => null)]);
  if (first === null) throw diedOf(await ended, Buffer.concat(said).toString('utf8'), mostHeapMiB);
  await ended;
  const answer = answerShape.parse(first[0]);
  if (answer.ok) return shape.parse(answer.value);
  throw new RatchetError(answer.code, answer.message, answer.details);
}

function diedOf(
  [code, signal]: [number | null, string | null],
  said: string,
  mostHeapMiB: number,
): RatchetError {
  if (said.includes('heap out of memory'))
    return new RatchetError(
      'IMAGE_HOSTILE',
      `reading the image takes more than ${mostHeapMiB} MiB of memory, which is not allowed`,
    );
  return new RatchetError(
    'INTERNAL',
    `the process that reads images ended with ${signal ?? `code ${code}`}: ${said.slice(-500)}`,
  );
}
