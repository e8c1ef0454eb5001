import { randomUUID } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findInterpreter } from '../../activities/adapters/environments/python-interpreter.js';
import { answered } from '../../cli/answered.js';
import type { components } from '../../cli/generated/api.js';
import { loadConfig } from '../../temporal.config.js';
import { prepareCompanyData } from '../demo/company-data.js';
import { createDemoRepository } from '../demo/git-repository.js';
import type { BenchReport, Figure } from './figures.js';
import { treeMemoryMiB, watchMemory } from './processes.js';
import { type BenchStack, withStack } from './with-stack.js';

type Step = components['schemas']['RunDetail']['steps'][number];

const lookMs = 100;
const project = 'year';

/** The split of the example, over the whole year instead of its first quarter. */
const dates = {
  '2013-02-28': '2013-09-30',
  '2013-03-01': '2013-10-01',
  '2013-03-15': '2013-11-15',
  '2013-03-16': '2013-11-16',
  '2013-03-31': '2013-12-31',
} as const;

/** The dataset of the flight-delay example over all flights of 2013. */
export async function benchDataset(folder: string): Promise<BenchReport> {
  return withStack(join(folder, 'state'), async (bench) => {
    const flights = await loadYear(bench, join(folder, 'data'));
    const repository = await createDemoRepository(join(folder, 'state', 'repository'), project);
    const wholeYear = (text: string) =>
      text.replaceAll(/2013-\d\d-\d\d/g, (day) => dates[day as keyof typeof dates] ?? day);
    await repository.commit({ 'models/late-arrival/ratchet.yaml': wholeYear }, 'The whole year');
    await answered(bench.api.POST('/api/v1/projects', { body: { repo: repository.path, ref: 'main' } }));
    const worker = bench.stack.parts()['cpu']?.process?.pid ?? 0;
    const idleMiB = treeMemoryMiB(worker);
    const memory = watchMemory(worker);
    const steps = await untilPublished(bench);
    return report(flights, steps, { peakMiB: memory.stop(), idleMiB });
  });
}

/** Puts the company's data where the example expects them. Gives the rows of the table `flights`. */
async function loadYear({ stack }: BenchStack, folder: string): Promise<number> {
  const { admin } = stack.database;
  if (admin === null)
    throw new Error('the benchmark makes a database that plays the company; it needs the embedded Postgres');
  const { blobs, state } = loadConfig(stack.env);
  const { endpoint, region, accessKey: accessKeyId, secretKey: secretAccessKey } = blobs;
  const company = await prepareCompanyData({
    folder,
    python: (await findInterpreter()).path,
    adminUrl: admin,
    s3: { endpoint, region, accessKeyId, secretAccessKey },
    upTo: '2013-12-31',
  });
  await mkdir(state.secretsDir, { recursive: true, mode: 0o700 });
  for (const [name, value] of Object.entries(company.secrets))
    await writeFile(join(state.secretsDir, name), value, { mode: 0o600 });
  return company.flights;
}

/** Starts a run and cancels it as soon as its dataset is there. */
async function untilPublished({ api }: BenchStack): Promise<readonly Step[]> {
  const id = randomUUID();
  await answered(api.POST('/api/v1/runs', { body: { id, project, model: 'late-arrival' } }));
  for (;;) {
    const run = await answered(api.GET('/api/v1/runs/{id}', { params: { path: { id } } }));
    if (run.steps.some(({ name, status }) => name === 'publish' && status === 'succeeded')) {
      await answered(api.POST('/api/v1/runs/{id}/cancel', { params: { path: { id } } }));
      return run.steps;
    }
    if (run.endedAt !== null) throw new Error(`the run ended as ${run.status}: ${run.reason}`);
    await sleep(lookMs);
  }
}

function report(
  flights: number,
  steps: readonly Step[],
  { peakMiB, idleMiB }: { readonly peakMiB: number; readonly idleMiB: number },
): BenchReport {
  const seconds = (name: string) => (steps.find((step) => step.name === name)?.ms ?? Number.NaN) / 1000;
  const phases = ['collect', 'build', 'prove', 'publish'] as const;
  const all = phases.reduce((sum, name) => sum + seconds(name), 0);
  return {
    name: 'dataset',
    about: `${flights} rows of flights (some days come twice) joined with weather and planes, eight feature views, six of them point-in-time aggregates`,
    figures: [
      { what: 'collect and build', value: seconds('collect') + seconds('build'), unit: 's', limit: 20 },
      ...phases.map((name): Figure => ({ what: `  ${name}`, value: seconds(name), unit: 's' })),
      { what: 'collect, build, prove, publish', value: all, unit: 's' },
      { what: 'peak memory of the worker and all it starts', value: peakMiB, unit: 'MiB', limit: 2048 },
      { what: '  of which before the build', value: idleMiB, unit: 'MiB' },
    ],
    notes: ['pages that processes share count for each of them'],
  };
}
