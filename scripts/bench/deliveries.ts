import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import postgres, { type Sql } from 'postgres';
import { answered } from '../../cli/answered.js';
import { type Move, sendWebhook, type Webhook } from '../demo/host/webhook.js';
import { until } from '../soak/chaos/until.js';
import { commitAll } from './commit-all.js';
import { type BenchReport, quantile } from './figures.js';
import { expectStatus, type Load, load, perSecond } from './load.js';
import { treeMemoryMiB, watchMemory } from './processes.js';
import { createTinyProject } from './tiny-project.js';
import { type BenchStack, unlimited, withStack } from './with-stack.js';

const deliveries = 5000;
const warmUps = 500;
const atOnce = 32;
const patienceMs = 300_000;
/** A Git host waits ten seconds. */
const limitMs = 1000;

/** Signed webhooks of pushes: until they are answered, until each has its outcome, and what the gateway takes for it. */
export async function benchDeliveries(folder: string): Promise<BenchReport> {
  const state = join(folder, 'state');
  return withStack(state, (bench) => measure(bench, join(state, 'tiny')), unlimited);
}

async function measure(bench: BenchStack, folder: string): Promise<BenchReport> {
  const { stack } = bench;
  const { webhook, move } = await pushedProject(bench, folder);
  const gateway = stack.parts()['gateway']?.process?.pid;
  if (gateway === undefined) throw new Error('the gateway has no process');
  const send = (requests: number, status: number, secret = webhook.secret) =>
    load({ requests, atOnce }, async () =>
      expectStatus(await sendWebhook({ ...webhook, secret }, move), status),
    );
  const owner = postgres(stack.database.owner, { max: 1, onnotice: () => undefined });
  const drained = (count: number) => until('all have outcomes', patienceMs, () => haveOutcomes(owner, count));
  try {
    await send(warmUps, 202);
    await drained(warmUps);
    const refused = await send(deliveries, 401, 'of somebody else');
    const beforeMiB = treeMemoryMiB(gateway);
    const memory = watchMemory(gateway);
    const began = performance.now();
    const taken = await send(deliveries, 202);
    await drained(warmUps + deliveries);
    const drainedMs = performance.now() - began;
    return report({ taken, refused, drainedMs, beforeMiB, peakMiB: memory.stop() });
  } finally {
    await owner.end();
  }
}

/** A project whose tracked branch has moved by a page that trains nothing, and the webhook that tells of it. */
async function pushedProject(
  { stack, api }: BenchStack,
  folder: string,
): Promise<{ readonly webhook: Webhook; readonly move: Move }> {
  const repository = await createTinyProject(folder);
  const project = await answered(api.POST('/api/v1/projects', { body: { repo: repository, ref: 'main' } }));
  await appendFile(join(repository, 'PAGE.md'), 'A page.\n');
  const after = await commitAll(repository);
  const params = { path: { project: project.name } };
  const { path, secret } = await answered(api.GET('/api/v1/projects/{project}/hook', { params }));
  return {
    webhook: { address: `${stack.urls['gateway']}${path}`, secret, repository },
    move: { before: project.commit, after, ref: 'refs/heads/main' },
  };
}

/** Error: where there are others than were sent, or one is over and nothing is said of it. */
async function haveOutcomes(owner: Sql, wanted: number): Promise<true | undefined> {
  const [row] = await owner<{ stored: number; open: number; mute: number }[]>`
    select count(*)::int as stored, count(*) filter (where status = 'pending')::int as open,
      count(*) filter (where status <> 'pending' and result is null)::int as mute from deliveries`;
  const { stored, open, mute } = row ?? { stored: 0, open: 0, mute: 0 };
  if (stored !== wanted || mute > 0)
    throw new Error(`${stored} deliveries are stored, and not ${wanted}; ${mute} have no result`);
  return open === 0 ? true : undefined;
}

interface Measured {
  readonly taken: Load;
  readonly refused: Load;
  readonly drainedMs: number;
  readonly beforeMiB: number;
  readonly peakMiB: number;
}

function report({ taken, refused, drainedMs, beforeMiB, peakMiB }: Measured): BenchReport {
  const rate = (ms: number) => perSecond(deliveries, ms);
  const latency = (at: number) => ({
    value: quantile(taken.answersMs, at),
    unit: 'ms' as const,
    peer: { name: 'one that is not believed', value: quantile(refused.answersMs, at) },
  });
  const accepted = { name: 'refused for their signature', value: rate(refused.tookMs) };
  return {
    name: 'deliveries',
    about: `${deliveries} signed webhooks of one push, each with an id of its own, ${atOnce} at a time from this machine`,
    figures: [
      { what: 'stored and answered', value: rate(taken.tookMs), unit: 'per s', peer: accepted },
      { what: 'an answer, p50', ...latency(0.5) },
      { what: 'an answer, p99', ...latency(0.99), limit: limitMs },
      { what: 'stored, and each with its outcome', value: rate(drainedMs), unit: 'per s' },
      {
        what: 'the last outcome, after the last answer',
        value: (drainedMs - taken.tookMs) / 1000,
        unit: 's',
      },
      { what: 'memory of the gateway, at most', value: peakMiB, unit: 'MiB', limit: 512 },
      { what: 'memory of the gateway, before', value: beforeMiB, unit: 'MiB' },
    ],
    notes: ['sender, gateway, Postgres, Temporal and workers share the cores of this machine'],
  };
}
