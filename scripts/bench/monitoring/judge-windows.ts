import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { WatchLine } from '../../../domain/monitoring/window-evidence.js';

/** What one window took, and what the process held after it. */
export interface JudgedRows {
  readonly line: WatchLine;
  readonly ms: number;
  readonly cpuMs: number;
  readonly rssMiB: number;
  readonly heapMiB: number;
}

export interface JudgeMeasured {
  /** In the order in which they were judged. */
  readonly windows: readonly JudgedRows[];
  /** A look that finds nothing due. */
  readonly lookMs: number;
  readonly peakMiB: number;
}

const program = fileURLToPath(new URL('./judge-process.js', import.meta.url));

/** Judges both lines of some days, one after the other, in a process of its own. Error: that of the process. */
export async function judgeWindows(asked: {
  readonly env: Readonly<Record<string, string>>;
  /** Beginning of the first day, ms since 1970. */
  readonly fromMs: number;
  readonly days: number;
  readonly folder: string;
}): Promise<JudgeMeasured> {
  const { env, fromMs, days, folder } = asked;
  const args = [program, String(fromMs), String(days), folder];
  const { stdout } = await promisify(execFile)(process.execPath, args, { env: { ...process.env, ...env } });
  return JSON.parse(stdout) as JudgeMeasured;
}
