import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { extname } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { z } from 'zod';
import { catalogue, type ErrorCode } from '../domain/errors/catalogue.js';
import { RatchetError } from '../domain/errors/ratchet-error.js';

/** The program lies beside this room: compiled, or as TypeScript in tests and development. */
const suffix = extname(import.meta.url);
const program = fileURLToPath(new URL(`../workers/inspect-image${suffix}`, import.meta.url));

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

/** Asks about an image in a process of its own. Errors: those that it answers with, and `IMAGE_HOSTILE` where it dies of the image. */
export async function askAboutImage<T>(
  shape: z.ZodType<T>,
  request: object,
  mostHeapMiB = defaultHeapMiB,
): Promise<T> {
  const child = fork(program, [], {
    execArgv: [`--max-old-space-size=${mostHeapMiB}`, ...loader()],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
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

function loader(): string[] {
  if (suffix !== '.ts') return [];
  return ['--import', pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href];
}
