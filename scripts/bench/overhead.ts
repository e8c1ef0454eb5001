import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { answered } from '../../cli/answered.js';
import { workflowIds } from '../../domain/names.js';
import type { Stories } from '../../workflows/messages/stories.js';
import { type BareTemporal, startBareTemporal } from './bare/bare-temporal.js';
import { type BenchReport, quantile } from './figures.js';
import { commandMs, createTinyProject } from './tiny-project.js';
import { type BenchStack, withStack } from './with-stack.js';

const warmUps = 5;
const runs = 25;

/** What `trainModel` schedules when the dataset is there: prepare, train, evaluate, register, policy. */
const activities = 5;

interface Timing {
  readonly wholeMs: number;
  readonly ownMs: number;
}

/** What Ratchet adds to a model whose training does nothing, beside Temporal with as many steps that do nothing. */
export async function benchOverhead(folder: string): Promise<BenchReport> {
  return withStack(join(folder, 'state'), async (bench) => {
    const repo = await createTinyProject(join(folder, 'state', 'tiny'));
    await answered(bench.api.POST('/api/v1/projects', { body: { repo, ref: 'main' } }));
    const bare = await startBareTemporal(bench.temporal, bench.stack.env['TEMPORAL_ADDRESS'] ?? '');
    try {
      for (let run = 0; run < warmUps; run += 1) await both(bench, bare);
      const bareMs: number[] = [];
      const timings: Timing[] = [];
      for (let run = 0; run < runs; run += 1) {
        const { peerMs, timing } = await both(bench, bare);
        bareMs.push(peerMs);
        timings.push(timing);
      }
      return report(timings, bareMs, await stepTimes(bench));
    } finally {
      await bare.close();
    }
  });
}

/** One after the other, so that a busy moment of the machine meets both. */
async function both(bench: BenchStack, bare: BareTemporal): Promise<{ peerMs: number; timing: Timing }> {
  return { peerMs: await bare.run(activities), timing: await trainOnce(bench) };
}

async function trainOnce({ api, temporal }: BenchStack): Promise<Timing> {
  const id = randomUUID();
  const began = performance.now();
  await answered(api.POST('/api/v1/runs', { body: { id, project: 'tiny', model: 'tiny' } }));
  const handle = temporal.workflow.getHandle<Stories['trainModel']>(
    workflowIds.trainModel('tiny', 'tiny', id),
  );
  const result = await handle.result();
  const wholeMs = performance.now() - began;
  if (result.status !== 'succeeded') throw new Error(`run ${id} ended as ${result.status}: ${result.reason}`);
  const log = await answered(
    api.GET('/api/v1/runs/{id}/logs/{step}', { params: { path: { id, step: 'train' } }, parseAs: 'text' }),
  );
  return { wholeMs, ownMs: commandMs(log) };
}

/** Median milliseconds by step, over the runs of this benchmark. */
async function stepTimes({ api }: BenchStack): Promise<ReadonlyMap<string, number>> {
  const { runs: listed } = await answered(
    api.GET('/api/v1/runs', { params: { query: { project: 'tiny', limit: runs } } }),
  );
  const times = new Map<string, number[]>();
  for (const { id } of listed) {
    const { steps } = await answered(api.GET('/api/v1/runs/{id}', { params: { path: { id } } }));
    for (const { name, ms } of steps) if (ms !== null) times.set(name, [...(times.get(name) ?? []), ms]);
  }
  return new Map([...times].map(([name, all]) => [name, quantile(all, 0.5)]));
}

function report(
  timings: readonly Timing[],
  bareMs: readonly number[],
  steps: ReadonlyMap<string, number>,
): BenchReport {
  const added = timings.map(({ wholeMs, ownMs }) => wholeMs - ownMs);
  const peer = { name: 'bare Temporal', value: quantile(bareMs, 0.5) };
  const value = quantile(added, 0.5);
  return {
    name: 'overhead',
    about: `${runs} warm runs of trainModel on a model that does nothing, less its own command; Temporal with ${activities} activities that do nothing beside each`,
    figures: [
      { what: 'trainModel, median', value, unit: 'ms', limit: 1.5 * peer.value, peer },
      { what: 'trainModel, 95 of 100', value: quantile(added, 0.95), unit: 'ms' },
      {
        what: "the model's own command, taken off",
        value: quantile(
          timings.map(({ ownMs }) => ownMs),
          0.5,
        ),
        unit: 'ms',
      },
      ...[...steps].map(([name, ms]) => ({ what: `step ${name}, median`, value: ms, unit: 'ms' as const })),
      { what: 'against ZenML, five empty steps', value, unit: 'ms', limit: 1500 },
      { what: 'against Metaflow, five empty steps', value, unit: 'ms', limit: 2400 },
      { what: 'against Prefect, five empty steps', value, unit: 'ms', limit: 1100 },
    ],
    notes: [
      'ZenML 1.5 s, Metaflow 2.4 s, Prefect 1.1 s were measured on another day on a quiet machine of 2 cores, not in this run',
    ],
  };
}
