import { join } from 'node:path';
import { startStack } from '../../stack/start-stack.js';
import type { BenchReport } from './figures.js';
import { benchRunList } from './run-list.js';

/** `run list` on an embedded Postgres of its own. */
export async function benchRunListOnStack(folder: string): Promise<BenchReport> {
  const stateDir = join(folder, 'state');
  const stack = await startStack({
    stateDir,
    processes: false,
    ui: false,
    fresh: true,
    log: () => undefined,
  });
  try {
    const { owner, app } = stack.database;
    const { runs, metricRows, cases } = await benchRunList({ owner, app });
    return {
      name: 'run-list',
      about: `first pages of the run list over ${runs} runs with ${metricRows} metric rows, 99 of 100 faster than`,
      figures: cases.map(({ name, p99Ms }) => ({ what: name, value: p99Ms, unit: 'ms', limit: 300 })),
      notes: [],
    };
  } finally {
    await stack.stop();
  }
}
