import { answered } from '../../../cli/open-client.js';
import type { Demo, Scene } from '../demo.js';
import { reviewedPolicy } from '../edits.js';
import { tell } from '../narrator.js';
import { runRatchet } from '../run-ratchet.js';
import { until } from '../until.js';

export const reviewedPolicyScene: Scene = {
  title: 'Nobody changes the rules alone',
  about:
    'Carriers have few flights each, so the team drops the rule about them. Dana commits the reviewed policy; it is not in force until somebody else says yes.',
  async play(demo) {
    const { repository, project } = demo;
    const commit = await repository.commit(
      await reviewedPolicy(),
      'Few flights of a carrier are no reason to stop a version',
    );
    await runRatchet(demo, ['policy', 'test', repository.path]);
    await runRatchet(demo, ['project', 'apply', project, '--as', 'dana']);
    await runRatchet(demo, ['approval', 'list', '--project', project, '--status', 'open', '--as', 'lisa']);
    const change = `${project}/change@${commit}`;
    const reason = 'too few flights per carrier to judge by them';
    await runRatchet(demo, ['approval', 'vote', change, 'approve', '--reason', reason, '--as', 'lisa']);
    const digest = await until('the reviewed policy is in force', () => policyOf(demo, commit));
    tell(`in force: policy ${digest.slice(0, 12)} of late-arrival, at ${commit.slice(0, 12)}`);
  },
};

/** The digest of the policy in force, once it is that of the commit. */
async function policyOf({ client, project }: Demo, commit: string): Promise<string | undefined> {
  const { policies } = await answered(
    client.GET('/api/v1/projects/{project}/policies', { params: { path: { project } } }),
  );
  return policies.find((policy) => policy.commit === commit)?.digest;
}
