import { vi } from 'vitest';
import { runCli } from '../../cli/run-cli.js';

export interface CliResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  /** Standard output as JSON. */
  readonly json: ReturnType<JSON['parse']>;
}

/** Runs one command line in this process, with settings that are taken back afterwards. */
export async function runCommand(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>> = {},
): Promise<CliResult> {
  const out: string[] = [];
  const err: string[] = [];
  const spies = [
    vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => out.push(String(chunk)) > 0),
    vi.spyOn(process.stderr, 'write').mockImplementation((chunk) => err.push(String(chunk)) > 0),
  ];
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  try {
    const exitCode = await runCli(args);
    const stdout = out.join('');
    return {
      exitCode,
      stdout,
      stderr: err.join(''),
      get json() {
        return JSON.parse(stdout);
      },
    };
  } finally {
    for (const spy of spies) spy.mockRestore();
    vi.unstubAllEnvs();
  }
}

/** What something prints. */
export function captured(work: () => void): string {
  const out: string[] = [];
  const spy = vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => out.push(String(chunk)) > 0);
  try {
    work();
  } finally {
    spy.mockRestore();
  }
  return out.join('');
}
