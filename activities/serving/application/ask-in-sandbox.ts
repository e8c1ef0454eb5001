import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { entryFile } from '../../../domain/contract/application-description.js';
import { messageOf, RatchetError } from '../../../domain/errors/ratchet-error.js';
import type { LaunchResult } from '../../../domain/ports/launcher.js';
import type { SandboxAnswer, SandboxQuestion } from '../../../inference/application/application-messages.js';
import { withOutput } from '../../adapters/launcher/outputs.js';
import { type ApplicationDeps, type ApplicationWork, askLimits } from './application-work.js';
import { toJavaScript } from './compile-sources.js';

const mostAnswerBytes = 64 * 1024 ** 2;

const outcome = z.union([
  z.strictObject({ refused: z.string() }),
  z.strictObject({ failed: z.string() }),
  z.strictObject({ value: z.unknown() }),
]);
const answerShape = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('described'), description: z.unknown() }),
  z.strictObject({
    kind: z.literal('answered'),
    answer: z.object({ outcomes: z.array(outcome), metrics: z.array(z.unknown()) }),
  }),
  z.strictObject({ kind: z.literal('broken'), reason: z.string() }),
]);

/**
 * Asks an application that lies in `built`, in a sandbox of its own without network. Nothing that it says is believed
 * before its form was looked at. Error: `APPLICATION_FAILED` where it does not load, does not end, or says nothing.
 */
export async function askInSandbox(
  { launcher }: Pick<ApplicationDeps, 'launcher'>,
  work: ApplicationWork,
  built: string,
  question: SandboxQuestion,
): Promise<Exclude<SandboxAnswer, { kind: 'broken' }>> {
  const place = join(work.folder, `ask-${question.ask === 'call' ? question.call.stage : question.ask}`);
  const output = join(place, 'output');
  await mkdir(output, { recursive: true, mode: 0o755 });
  const [program, asked] = [join(place, 'program.mjs'), join(place, 'question.json')];
  await writeFile(program, await programText(), { mode: 0o644 });
  await writeFile(asked, JSON.stringify(question, roundBig), { mode: 0o644 });
  const node = process.execPath;
  const ended = await launcher.launch(
    {
      ...work.launch,
      command: [
        node,
        '--max-old-space-size=256',
        program,
        join(built, entryFile),
        asked,
        join(output, 'answer.json'),
      ],
      cwd: built,
      env: { LANG: 'C.UTF-8' },
      readOnly: [built, program, asked, dirname(node)],
      writable: [output],
      network: 'none',
      limits: askLimits,
      graceMs: 0,
    },
    work.signal,
  );
  work.signal.throwIfAborted();
  return await readAnswer(output, ended);
}

async function readAnswer(output: string, ended: LaunchResult) {
  if (ended.limit !== null || ended.exitCode !== 0) throw failed(endWords(ended), ended);
  let said: unknown;
  try {
    said = JSON.parse(
      await withOutput(output, 'answer.json', (path) => readFile(path, 'utf8'), mostAnswerBytes),
    );
  } catch (error) {
    throw failed(`the application gave no answer: ${messageOf(error)}`, ended);
  }
  const parsed = answerShape.safeParse(said);
  if (!parsed.success) throw failed('the application gave an answer of another form', ended);
  if (parsed.data.kind === 'broken')
    throw failed(`the application does not load: ${parsed.data.reason}`, ended);
  return parsed.data as Exclude<SandboxAnswer, { kind: 'broken' }>;
}

function endWords({ limit, exitCode, signal }: LaunchResult): string {
  if (limit === 'wall') return `the application did not answer within ${askLimits.wallMs} ms`;
  if (limit !== null) return `the application went over its limit of ${limit}`;
  return `the application ended with ${signal ?? `code ${exitCode}`} instead of an answer`;
}

function failed(message: string, { tail }: LaunchResult): RatchetError {
  const words = tail.trim() === '' ? '' : `: ${tail.trim().slice(-500)}`;
  return new RatchetError('APPLICATION_FAILED', `${message}${words}`, { tail });
}

/** Compiled, or as TypeScript in tests and development; a sandbox has no loader. */
async function programText(): Promise<string> {
  const suffix = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  const url = new URL(`../../../inference/application/application-program.${suffix}`, import.meta.url);
  const text = await readFile(fileURLToPath(url), 'utf8');
  return suffix === 'ts' ? toJavaScript(text, 'application-program.ts') : text;
}

/** JSON has no form for what a sample may lose the last digits of. */
const roundBig = (_: string, value: unknown) => (typeof value === 'bigint' ? Number(value) : value);
