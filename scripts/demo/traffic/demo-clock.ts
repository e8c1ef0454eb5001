import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The clock that cool-downs and budgets of the demo's stack are reckoned by. */
export interface DemoClock {
  /** For `RATCHET_CLOCK_FILE`. */
  readonly file: string;
  set(at: string): Promise<void>;
  /** Takes the file away. */
  close(): Promise<void>;
}

/** The file is there before the stack, and never half written. */
export async function startDemoClock(at: string): Promise<DemoClock> {
  const folder = await mkdtemp(join(tmpdir(), 'ratchet-clock-'));
  const file = join(folder, 'clock');
  const set = async (instant: string) => {
    await writeFile(`${file}.next`, `${instant}\n`);
    await rename(`${file}.next`, file);
  };
  await set(at);
  return { file, set, close: () => rm(folder, { recursive: true, force: true }) };
}
