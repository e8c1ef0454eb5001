import { answered } from '../../../cli/answered.js';
import type { VoteRecord } from '../../../domain/ports/approvals.js';
import type { AuditEvent } from '../../../domain/ports/audit.js';
import type { ChaosStack } from '../chaos/chaos-stack.js';
import { until } from '../chaos/until.js';

const model = 'tiny';
const settlePatienceMs = 30_000;

type Claims = readonly (readonly [boolean, string])[];

/** Every promise that does not hold after the votes of a seed. Empty is what it should be. */
export async function violationsOf(chaos: ChaosStack, project: string, quorum: number): Promise<string[]> {
  const approval = await chaos.stores.approvals.latest(project, `${model}@1`);
  if (approval === undefined) return ['no approval was opened'];
  const votes = await chaos.stores.approvals.votes(approval.id);
  const counted = votes.filter(({ status }) => status === 'counted');
  const voters = new Set(counted.map(({ approver }) => approver));
  const claims: Claims = [
    [approval.status === 'approved', `the approval is ${approval.status}: ${approval.reason}`],
    [voters.size === quorum, `${voters.size} people have a vote that counts, and ${quorum} voted`],
    [counted.length === voters.size, `${counted.length} votes of ${voters.size} people count`],
    [votes.every(({ status }) => status !== 'pending'), 'a vote was never settled'],
    [approval.round === 1, `there were ${approval.round} rounds`],
  ];
  return [
    ...broken(claims),
    ...(await ofAudit(chaos, approval.id, votes)),
    ...(await ofChampion(chaos, project, approval.id)),
    ...(await leftovers(chaos, project)),
  ];
}

const broken = (claims: Claims) => claims.filter(([holds]) => !holds).map(([, words]) => words);

/** Each vote is in the chain as it was cast and as it was settled, once each, and the chain holds. */
async function ofAudit(
  { stores, api }: ChaosStack,
  subject: string,
  votes: readonly VoteRecord[],
): Promise<string[]> {
  const [cast, settled] = await Promise.all(
    ['vote.cast', 'vote.settled'].map((action) => stores.audit.list({ subject, action, limit: 1000 })),
  );
  const times = (rows: readonly AuditEvent[] = [], id: string) =>
    rows.filter(({ details }) => (JSON.parse(details) as { id?: string }).id === id).length;
  const report = await answered(api.GET('/api/v1/audit/verify'));
  return [
    ...votes.flatMap(({ id }) =>
      broken([
        [times(cast, id) === 1, `vote ${id} was recorded ${times(cast, id)} times as cast`],
        [times(settled, id) === 1, `vote ${id} was recorded ${times(settled, id)} times as settled`],
      ]),
    ),
    ...broken([
      [
        (cast?.length ?? 0) === votes.length,
        `${cast?.length} votes were recorded, and ${votes.length} are there`,
      ],
      [report.checkpoints > 0, 'the chain goes through no checkpoint'],
    ]),
    ...report.findings.map(({ kind, text }) => `the chain is broken: ${kind}: ${text}`),
  ];
}

async function ofChampion({ stores }: ChaosStack, project: string, approval: string): Promise<string[]> {
  const champion = await stores.champions.champion(project, model);
  const moves = (await stores.champions.history(project, model)).filter(({ to }) => to === 'champion');
  const told = await stores.audit.list({ project, action: 'model.promoted' });
  return broken([
    [champion?.version === 1, `the champion is ${champion?.version ?? 'nobody'}`],
    [moves.length === 1, `a version became champion ${moves.length} times`],
    [moves.every((move) => move.approval === approval), 'a version became champion by another approval'],
    [told.length === 1, `${told.length} promotions were recorded`],
  ]);
}

/** What must be over when the version is champion. */
async function leftovers({ temporal, stack }: ChaosStack, project: string): Promise<string[]> {
  const running = async (prefix: string) => {
    const query = `ExecutionStatus = "Running" AND WorkflowId STARTS_WITH "${prefix}/${project}/"`;
    return (await temporal.workflow.count(query)).count;
  };
  const isOver = async () => (await running('approval')) + (await running('promote')) === 0 || undefined;
  const over = await until('approval and promotion are over', settlePatienceMs, isOver).catch(String);
  const down = Object.entries(stack.parts()).filter(([, { state }]) => state !== 'ready');
  return [...(over === true ? [] : [over]), ...down.map(([name, { state }]) => `${name} is ${state}`)];
}
