import { randomUUID } from 'node:crypto';
import { queues, workflowIds } from '../../../domain/names.js';
import type { EndpointName } from '../../../domain/ports/deployment-target.js';
import type { Stories } from '../../../workflows/messages/stories.js';
import type { ChaosStack } from '../chaos/chaos-stack.js';

/** The row first, then its workflow, as whoever takes a push does; the id of the release. */
export async function releaseCommit(
  { stores, temporal }: Pick<ChaosStack, 'stores' | 'temporal'>,
  { project, endpoint }: EndpointName,
  commit: string,
): Promise<string> {
  const releaseId = randomUUID();
  const words = { author: 'A', subject: 's', paths: [], files: 0 };
  const facts = { kind: 'push', ref: 'refs/heads/main', before: null, commit, ...words } as const;
  const causes = [{ kind: 'push', at: new Date().toISOString(), facts }] as const;
  await stores.releases.create({ id: releaseId, project, endpoint, kind: 'deploy', causes });
  await temporal.workflow.start<Stories['releaseServing']>('releaseServing', {
    workflowId: workflowIds.releaseServing(project, endpoint, releaseId),
    taskQueue: queues.orchestrator,
    args: [{ project, endpoint, releaseId, round: 0 }],
  });
  return releaseId;
}
