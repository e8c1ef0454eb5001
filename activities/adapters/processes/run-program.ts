import { createInterface } from 'node:readline';
import { type ProgramEnd, type ProgramSpec, startProgram } from './start-program.js';

export interface RunSpec extends ProgramSpec {
  readonly input?: string;
  /** A program that prints more on standard output is ended with `stopped: 'output'`. */
  readonly maxOutputBytes: number;
  /** Called with whole lines of both streams as they come. */
  readonly onLine?: (line: string) => void;
}

export interface ProgramResult extends ProgramEnd {
  readonly stdout: Buffer;
}

/** Runs a program to its end and collects what it printed. */
export async function runProgram(spec: RunSpec): Promise<ProgramResult> {
  const program = startProgram(spec);
  const chunks: Buffer[] = [];
  let bytes = 0;
  program.stdout.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > spec.maxOutputBytes) program.stop('output');
    else chunks.push(chunk);
  });
  if (spec.onLine !== undefined) {
    for (const input of [program.stdout, program.stderr]) {
      createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY }).on('line', spec.onLine);
    }
  }
  program.stdin.end(spec.input ?? '');
  const end = await program.end;
  return { ...end, stdout: Buffer.concat(chunks) };
}
