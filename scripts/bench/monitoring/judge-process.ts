import { join } from 'node:path';
import { createGit } from '../../../activities/adapters/git/create-git.js';
import { concludeWindow } from '../../../activities/monitoring/conclude-window.js';
import type { WatchDeps } from '../../../activities/monitoring/deps.js';
import { judgeDue } from '../../../activities/monitoring/judge-due.js';
import { openBlobStore } from '../../../db/blobs/open-blob-store.js';
import { openDatabase } from '../../../db/open-database.js';
import { watchLines } from '../../../domain/monitoring/window-evidence.js';
import { loadConfig } from '../../../temporal.config.js';
import type { JudgedRows, JudgeMeasured } from './judge-windows.js';
import { dayMs } from './record-days.js';
import { name, watch } from './watched-project.js';

/** Judges days one after the other, as a worker does: `node judge-process.js <first day, ms since 1970> <days> <folder>`. */
const [fromMs = Number.NaN, days = Number.NaN] = process.argv.slice(2, 4).map(Number);
const folder = process.argv[4] ?? '';
const config = loadConfig(process.env);
const database = await openDatabase({ url: config.database.url, poolSize: 2, application: 'bench' });
const blobs = openBlobStore(config.blobs);
const { stores } = database;
const deps: WatchDeps = {
  ...{ ...stores, blobs, git: createGit({ ...config.git, cacheDir: join(folder, 'git') }) },
  takeHost: () => {
    throw new Error('no model is run');
  },
  ...{ workDir: folder, now: () => new Date().toISOString(), lookEveryMs: 4000 },
};
const signal = new AbortController().signal;
const windows: JudgedRows[] = [];
for (let day = 0; day < days; day += 1) {
  const window = { from: instant(day), to: instant(day + 1) };
  for (const line of watchLines) {
    const [began, before] = [performance.now(), process.cpuUsage()];
    await concludeWindow(deps, { ...name, line, window, watch }, signal);
    const { user, system } = process.cpuUsage(before);
    const { rss, heapUsed } = process.memoryUsage();
    windows.push({
      ...{ line, ms: performance.now() - began, cpuMs: (user + system) / 1000 },
      ...{ rssMiB: rss / 2 ** 20, heapMiB: heapUsed / 2 ** 20 },
    });
  }
}
const began = performance.now();
const { judged } = await judgeDue(deps, name, signal);
if (judged > 0) throw new Error(`${judged} windows were due, and none should have been`);
const measured: JudgeMeasured = {
  ...{ windows, lookMs: performance.now() - began },
  peakMiB: process.resourceUsage().maxRSS / 1024,
};
blobs.close();
await database.close();
process.stdout.write(`${JSON.stringify(measured)}\n`);

function instant(day: number): string {
  return new Date(fromMs + day * dayMs).toISOString();
}
