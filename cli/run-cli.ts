import { CommanderError } from 'commander';
import { exitCodes, failureOf } from './exit-codes.js';
import { createProgram } from './program.js';

/** Runs one command line, without the program's own name. Returns the exit code; what went wrong is on stderr. */
export async function runCli(args: readonly string[]): Promise<number> {
  try {
    await createProgram().parseAsync(args, { from: 'user' });
    return 0;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : exitCodes.user;
    const { line, exitCode } = failureOf(error);
    process.stderr.write(`${line}\n`);
    return exitCode;
  }
}
