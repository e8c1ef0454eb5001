import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/** What a window against a reference of as many rows took. Seconds are of the processor. */
export interface MeasuredReport {
  /** The distribution of each column of the reference. */
  readonly freezeColumnsS: number;
  /** Each column of the window against it, corrected, with effect sizes and persistence. */
  readonly columnsS: number;
  /** All of the reference, with limits learned from its windows. */
  readonly profileS: number;
  /** All columns together, and outliers, on sampled rows. */
  readonly togetherS: number;
  /** The most that the process held when it had the two tables, after the columns, and at its end. */
  readonly tablesMiB: number;
  readonly columnsMiB: number;
  readonly peakMiB: number;
}

const program = fileURLToPath(new URL('./report-process.js', import.meta.url));

/** In a process of its own. Error: that of the process. */
export async function measureReport(rows: number): Promise<MeasuredReport> {
  const { stdout } = await promisify(execFile)(process.execPath, [program, String(rows)]);
  return JSON.parse(stdout) as MeasuredReport;
}
