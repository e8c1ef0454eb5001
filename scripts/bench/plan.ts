import { execFile } from 'node:child_process';
import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { answered } from '../../cli/answered.js';
import { commitAll } from './commit-all.js';
import { type BenchReport, quantile } from './figures.js';
import { createWideProject, wideModel, wideTrainingFile } from './wide-project.js';
import { type BenchStack, withStack } from './with-stack.js';

const size = { models: 200, files: 10_000 } as const;
const plans = 7;
/** The model that a commit touches. */
const touched = 117;
const limitS = 10;

/** `ratchet plan` of a commit that touches one of 200 models, in a repository of 10,000 files. */
export async function benchPlan(folder: string): Promise<BenchReport> {
  const state = join(folder, 'state');
  return withStack(state, (bench) => measure(bench, join(state, 'wide')));
}

async function measure({ api }: BenchStack, folder: string): Promise<BenchReport> {
  const repo = await createWideProject(folder, size);
  const addS = await seconds(() => answered(api.POST('/api/v1/projects', { body: { repo, ref: 'main' } })));
  // Not on the tracked branch, where the next look at the repository would handle it in the middle of this.
  await git(repo, 'checkout', '--quiet', '-b', 'next');
  await appendFile(join(repo, wideTrainingFile(touched)), '# another line\n');
  await commitAll(repo);
  const params = { path: { project: 'wide' } };
  const tookS: number[] = [];
  for (let plan = 0; plan < plans; plan += 1) {
    let runs: readonly string[] = [];
    const took = await seconds(async () => {
      const found = await answered(
        api.POST('/api/v1/projects/{project}/plan', { params, body: { ref: 'next' } }),
      );
      runs = found.runs.map(({ model }) => model);
    });
    if (runs.join() !== wideModel(touched))
      throw new Error(`the plan trains ${runs.join(', ') || 'nothing'}`);
    tookS.push(took);
  }
  return report({ files: await filesOf(repo), addS, tookS });
}

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return (performance.now() - began) / 1000;
}

async function filesOf(repo: string): Promise<number> {
  return (await git(repo, 'ls-files')).trim().split('\n').length;
}

async function git(repo: string, ...words: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)('git', words, { cwd: repo, maxBuffer: 64 * 1024 ** 2 });
  return stdout;
}

interface Measured {
  readonly files: number;
  readonly addS: number;
  readonly tookS: readonly number[];
}

function report({ files, addS, tookS }: Measured): BenchReport {
  const [first = Number.NaN, ...others] = tookS;
  return {
    name: 'plan',
    about: `ratchet plan of a commit that touches one of ${size.models} models, ${files} files; it trains that one`,
    figures: [
      { what: 'the first, which fetches the commit', value: first, unit: 's', limit: limitS },
      { what: `the others, p50 of ${others.length}`, value: quantile(others, 0.5), unit: 's', limit: limitS },
      { what: 'the others, longest', value: Math.max(...others), unit: 's', limit: limitS },
      { what: 'adding the project', value: addS, unit: 's' },
    ],
    notes: [],
  };
}
