import { answered } from '../../../cli/open-client.js';
import type { Demo, Scene } from '../demo.js';
import { firstPush } from '../edits.js';
import { tell } from '../narrator.js';
import { pushBranch } from '../push.js';
import { runRatchet } from '../run-ratchet.js';
import { runStartedBy } from '../started-run.js';
import { until } from '../until.js';

export const pushScene: Scene = {
  title: 'A push, and the run that it starts',
  about:
    'Dana holds the main model back a bit more and pushes. The Git host tells of it by a signed webhook, which is stored before it is answered; of four models, the one whose file changed is trained.',
  async play(demo) {
    const { project, repository } = demo;
    const commit = await repository.commit(firstPush, 'Hold the weights back: C of 0.1');
    tell(`commit ${commit.slice(0, 12)}: models/late-arrival/ratchet.yaml`);
    await pushBranch(demo);
    await until('the webhook is handled', () => handledDelivery(demo, commit));
    await runRatchet(demo, ['hook', 'deliveries', project, '--as', 'dana']);
    const { event, runId } = await runStartedBy(demo, 'push', 'late-arrival');
    await runRatchet(demo, ['trigger', 'show', event.id, '--as', 'dana']);
    await runRatchet(demo, ['run', 'show', runId, '--as', 'dana']);
  },
};

/** The delivery about a commit, once something became of it. */
async function handledDelivery({ client, project }: Demo, commit: string): Promise<string | undefined> {
  const { deliveries } = await answered(
    client.GET('/api/v1/projects/{project}/deliveries', { params: { path: { project }, query: {} } }),
  );
  return deliveries.find(({ what, result }) => what.includes(commit.slice(0, 12)) && result !== null)?.id;
}
