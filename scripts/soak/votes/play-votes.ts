import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { answered } from '../../../cli/answered.js';
import type { ApiClient } from '../../../cli/open-client.js';
import { messageOf } from '../../../domain/errors/ratchet-error.js';
import { workflowIds } from '../../../domain/names.js';
import type { ApprovalRecord } from '../../../domain/ports/approvals.js';
import { createVotingProject } from '../../bench/voting-project.js';
import type { ChaosStack } from '../chaos/chaos-stack.js';
import { createQuickProject } from '../chaos/project.js';
import { strikePart } from '../chaos/strike.js';
import { until } from '../chaos/until.js';
import { cast } from './cast.js';
import { type PlannedVote, planOf } from './plan.js';
import { violationsOf } from './violations.js';

/** What came of one seed. */
export interface PlayedVotes {
  readonly seed: number;
  readonly seconds: number;
  /** What was cast and killed, and what was answered, in words. */
  readonly votes: readonly string[];
  readonly violations: readonly string[];
}

const patienceMs = 120_000;
const model = 'tiny';

/** Has a version trained, lets people vote on it while processes are killed, and says which promises do not hold. */
export async function playVotes(seed: number, chaos: ChaosStack): Promise<PlayedVotes> {
  const since = performance.now();
  const plan = planOf(seed);
  const project = `votes-${seed}`;
  const told: string[] = [];
  const problems: string[] = [];
  const voters = await makeVoters(chaos, project, plan.votes.length);
  try {
    const approval = await until('an approval is opened', patienceMs, () =>
      chaos.stores.approvals.latest(project, `${model}@1`),
    );
    await checkpoint(chaos);
    for (const [index, vote] of plan.votes.entries()) {
      told.push(await underFire(chaos, voters[index] as ApiClient, approval, vote));
    }
    await until('the version is champion', patienceMs, () => chaos.stores.champions.champion(project, model));
    const late = await cast(chaos, voters.at(-1) as ApiClient, approval, 'update');
    told.push(`after the end: ${late}`);
    if (!late.every((answer) => answer.startsWith('refused'))) problems.push(`a late vote is ${late}`);
  } catch (error) {
    problems.push(messageOf(error));
  }
  const violations = [...problems, ...(await violationsOf(chaos, project, plan.votes.length))];
  return { seed, seconds: (performance.now() - since) / 1000, votes: told, violations };
}

/** As many reviewers as the quorum asks for, and one more; the version that they are asked about is in training. */
async function makeVoters(chaos: ChaosStack, project: string, quorum: number): Promise<readonly ApiClient[]> {
  const { api, stores, stack, workDir } = chaos;
  const repo = await createQuickProject(join(workDir, project), project);
  const place = { api, stores, stateDir: stack.stateDir, url: stack.urls['gateway'] ?? '' };
  const wanted = { project, model, repo, reviewers: quorum + 1, quorum };
  const clients = await createVotingProject(place, wanted);
  await answered(api.POST('/api/v1/runs', { body: { id: randomUUID(), project, model } }));
  return [...clients.values()];
}

/** What is recorded from here on must hold against it. */
async function checkpoint({ temporal, stores }: ChaosStack): Promise<void> {
  const head = await stores.audit.head();
  await temporal.schedule.getHandle(workflowIds.platform('checkpoint-audit')).trigger();
  await until('a checkpoint is kept', patienceMs, async () => {
    const kept = await stores.audit.checkpoints();
    return (kept.at(-1)?.seq ?? 0) >= (head?.seq ?? 0) || undefined;
  });
}

async function underFire(
  chaos: ChaosStack,
  voter: ApiClient,
  approval: ApprovalRecord,
  { way, victim, delayMs }: PlannedVote,
): Promise<string> {
  const strike = async () => {
    await sleep(delayMs);
    return strikePart(chaos, victim);
  };
  const [answers, struck] = await Promise.all([cast(chaos, voter, approval, way), strike()]);
  await struck.back();
  return `${way}, ${victim} (${struck.pid}) killed after ${delayMs} ms: ${answers.join('; ')}`;
}
