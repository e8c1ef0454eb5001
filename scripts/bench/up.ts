import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { packageRoot } from '../../stack/package-root.js';
import { summarySchema } from '../demo/summary.js';
import { type BenchReport, type Figure, quantile } from './figures.js';

const run = promisify(execFile);
const rounds = 3;

/** `ratchet up --detach` until every part is ready, first on an empty state folder, then on one that is there. */
export async function benchUp(folder: string): Promise<BenchReport> {
  const state = ['--state-dir', join(folder, 'state')];
  const cold = await upAndDown([...state, '--fresh']);
  const warm: number[] = [];
  for (let round = 0; round < rounds; round += 1) warm.push(await upAndDown(state));
  return {
    name: 'up',
    about: '`ratchet up --detach` until Temporal, Postgres, S3, gateway and two workers are ready',
    figures: [
      { what: 'warm, longest of three', value: quantile(warm, 1), unit: 's', limit: 15 },
      { what: 'first time in a folder', value: cold, unit: 's' },
      ...(await demoFigures()),
    ],
    notes: [],
  };
}

async function upAndDown(options: readonly string[]): Promise<number> {
  const program = join(packageRoot(), 'dist/cli/main.js');
  const ratchet = (...args: readonly string[]) => run(process.execPath, [program, ...args]);
  const began = performance.now();
  await ratchet('up', '--detach', ...options);
  const seconds = (performance.now() - began) / 1000;
  await ratchet('down', ...options.slice(0, 2));
  return seconds;
}

/** What the last demo in this folder took, if there was one. */
async function demoFigures(): Promise<readonly Figure[]> {
  const path = '.ratchet/demo/summary.json';
  if (!existsSync(path)) return [];
  const { timingsMs } = summarySchema.parse(JSON.parse(await readFile(path, 'utf8')));
  const total = timingsMs['total'];
  return total === undefined
    ? []
    : [{ what: 'the last demo, all scenes', value: total / 1000, unit: 's', limit: 180 }];
}
