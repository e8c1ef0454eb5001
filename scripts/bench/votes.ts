import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { answered } from '../../cli/answered.js';
import type { ApiClient } from '../../cli/open-client.js';
import { openDatabase, type Stores } from '../../db/open-database.js';
import { queues } from '../../domain/names.js';
import type { ApprovalRecord } from '../../domain/ports/approvals.js';
import { statusQuery } from '../../workflows/messages/approvals.js';
import type { Stories } from '../../workflows/messages/stories.js';
import { until } from '../soak/chaos/until.js';
import { type BenchReport, quantile } from './figures.js';
import { listFigures } from './list-approvals.js';
import { createTinyProject } from './tiny-project.js';
import { createVotingProject } from './voting-project.js';
import { type BenchStack, withStack } from './with-stack.js';

const warmUps = 5;
const rounds = 40;
/** Workflows that wait for votes while approvals are listed. */
const open = 200;
const patienceMs = 60_000;
const at = { project: 'tiny', model: 'tiny' } as const;
const subject = 'tiny@1';

/** Votes over HTTP on a whole stack, from the request to what is recorded and to the answer; and lists of approvals. */
export async function benchVotes(folder: string): Promise<BenchReport> {
  return withStack(join(folder, 'state'), async (bench) => {
    const { stack } = bench;
    const database = await openDatabase({ url: stack.database.app, poolSize: 2, application: 'bench' });
    try {
      const { stores } = database;
      const voters = await makeVoters(bench, stores, join(folder, 'state', 'tiny'));
      const asked = await until('an approval is opened', patienceMs, () =>
        stores.approvals.latest(at.project, subject),
      );
      const timings: Timing[] = [];
      for (let round = 2; round < 2 + warmUps + rounds; round += 1) {
        const approval = await openRound(bench, stores, asked, round);
        timings.push(await decide(stores, approval, voters));
      }
      for (let round = 1000; round < 1000 + open; round += 1) await openRound(bench, stores, asked, round);
      const lists = await listFigures(bench, { owner: stack.database.owner, open });
      return report(timings.slice(warmUps), lists);
    } finally {
      await database.close();
    }
  });
}

/** Two reviewers of a project with one version, which is a candidate. */
async function makeVoters(
  { stack, api }: BenchStack,
  stores: Stores,
  folder: string,
): Promise<readonly ApiClient[]> {
  const repo = await createTinyProject(folder);
  const { stateDir, urls } = stack;
  const place = { api, stores, stateDir, url: urls['gateway'] ?? '' };
  const voters = await createVotingProject(place, { ...at, repo, reviewers: 2, quorum: 2 });
  await answered(api.POST('/api/v1/runs', { body: { id: randomUUID(), ...at } }));
  return [...voters.values()];
}

/** Another round about the same bytes, whose workflow waits for votes. */
async function openRound(
  { temporal }: BenchStack,
  { approvals }: Stores,
  asked: ApprovalRecord,
  round: number,
): Promise<ApprovalRecord> {
  const approval = await approvals.open({ ...asked, round });
  const handle = await temporal.workflow.start<Stories['requestApproval']>('requestApproval', {
    workflowId: approval.id,
    taskQueue: queues.orchestrator,
    args: [{ ...at, subject, round, stages: approval.stages }],
  });
  await until('the approval waits', patienceMs, async () => {
    const { stageOpenedAt } = await handle.query(statusQuery);
    return stageOpenedAt === '' ? undefined : true;
  });
  return approval;
}

interface Timing {
  /** From the request of the vote that decides to the end in the row, by the clock of the same machine. */
  readonly recordedMs: number;
  readonly decidedMs: number;
  readonly countedMs: number;
}

/** The first vote is counted, the second decides: both are recorded when they are answered. */
async function decide(
  { approvals }: Stores,
  approval: ApprovalRecord,
  voters: readonly ApiClient[],
): Promise<Timing> {
  const tookMs: number[] = [];
  let recordedMs = Number.NaN;
  for (const [index, voter] of voters.entries()) {
    const path = { project: at.project, subject, round: String(approval.round) };
    const body = { decision: 'approve', reason: 'looked at it', deliver: 'update' } as const;
    const [began, beganAt] = [performance.now(), Date.now()];
    const receipt = await answered(
      voter.POST('/api/v1/approvals/{project}/{subject}/{round}/votes', { params: { path }, body }),
    );
    tookMs.push(performance.now() - began);
    const wanted = index + 1 === voters.length ? 'approved' : 'open';
    const { status, endedAt } = await approvals.get(approval.id);
    if (receipt.status !== 'counted' || receipt.outcome !== wanted || status !== wanted)
      throw new Error(`vote ${index + 1} on ${approval.id} is ${receipt.status}, the approval ${status}`);
    if (endedAt !== null) recordedMs = Date.parse(endedAt) - beganAt;
  }
  const [countedMs = Number.NaN, decidedMs = Number.NaN] = tookMs;
  return { countedMs, decidedMs, recordedMs };
}

function report(timings: readonly Timing[], lists: BenchReport['figures']): BenchReport {
  const recorded = timings.map(({ recordedMs }) => recordedMs);
  const decided = timings.map(({ decidedMs }) => decidedMs);
  const counted = timings.map(({ countedMs }) => countedMs);
  return {
    name: 'votes',
    about: `votes over HTTP until they are recorded, ${timings.length} approvals by two people; lists of 10,000 approvals, ${open} of them open workflows`,
    figures: [
      {
        what: 'a vote until the decision is recorded, p50',
        value: quantile(recorded, 0.5),
        unit: 'ms',
        limit: 100,
      },
      { what: 'the same, 95 of 100', value: quantile(recorded, 0.95), unit: 'ms' },
      { what: 'until its voter is answered, p50', value: quantile(decided, 0.5), unit: 'ms' },
      { what: 'a vote that decides nothing, answered, p50', value: quantile(counted, 0.5), unit: 'ms' },
      ...lists,
    ],
    notes: [],
  };
}
