import { answered } from '../../../cli/open-client.js';
import type { Demo, Scene } from '../demo.js';
import { reviewedPolicy } from '../edits.js';
import { tell } from '../narrator.js';
import { pushBranch } from '../push.js';
import { runRatchet } from '../run-ratchet.js';
import { until } from '../until.js';

export const reviewedPolicyScene: Scene = {
  title: 'Nobody changes the rules alone',
  about:
    'Carriers have few flights each, so the team drops the rule about them. Dana pushes the reviewed policy. A policy trains nothing, and is not in force until others say yes: two, as a push does not prove who made it.',
  async play(demo) {
    const { repository, project } = demo;
    const commit = await repository.commit(
      await reviewedPolicy(),
      'Few flights of a carrier are no reason to stop a version',
    );
    await runRatchet(demo, ['policy', 'test', repository.path]);
    await pushBranch(demo);
    const change = `${project}/change@${commit}`;
    await until('somebody is asked', () => openChange(demo, `change@${commit}`));
    await runRatchet(demo, ['approval', 'list', '--project', project, '--status', 'open', '--as', 'lisa']);
    const reason = 'too few flights per carrier to judge by them';
    for (const person of ['lisa', 'omar'])
      await runRatchet(demo, ['approval', 'vote', change, 'approve', '--reason', reason, '--as', person]);
    await until('the reviewed policy is in force', () => policyAt(demo, commit));
    tell(`in force: the policy of late-arrival at ${commit.slice(0, 12)}`);
  },
};

/** The model whose policy in force is that of the commit. */
async function policyAt({ client, project }: Demo, commit: string): Promise<string | undefined> {
  const { policies } = await answered(
    client.GET('/api/v1/projects/{project}/policies', { params: { path: { project } } }),
  );
  return policies.find((policy) => policy.commit === commit)?.model ?? undefined;
}

/** The approval of a change, once it is open. */
async function openChange({ client, project }: Demo, subject: string): Promise<string | undefined> {
  const query = { project, status: 'open' } as const;
  const { approvals } = await answered(client.GET('/api/v1/approvals', { params: { query } }));
  return approvals.find((approval) => approval.subject === subject)?.id;
}
