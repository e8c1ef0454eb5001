import type { z } from '@hono/zod-openapi';
import { WorkflowExecutionAlreadyStartedError, WorkflowFailedError } from '@temporalio/client';
import { messageOf, RatchetError } from '../../domain/errors/ratchet-error.js';
import type { PromoteModelResult } from '../../domain/lifecycle/promote-model.js';
import { queues, searchAttributes, workflowIds } from '../../domain/names.js';
import { runSearchKeys } from '../../workflows/messages/search-keys.js';
import type { Stories } from '../../workflows/messages/stories.js';
import type { GatewayDeps } from '../deps.js';
import type { promotionSchema } from '../shapes/champions.js';
import { withDeadline } from './with-deadline.js';

const startDeadlineMs = 10_000;
/** Programs alone answer within it; people do not. */
const patienceMs = 5_000;

/**
 * Starts the promotion of a version, or joins the one that runs, and waits a little for its end. Errors:
 * `MODEL_NOT_FOUND`, `PART_UNAVAILABLE`.
 */
export async function promoteVersion(
  deps: GatewayDeps,
  at: { readonly project: string; readonly model: string; readonly version: string },
  by: string,
): Promise<z.infer<typeof promotionSchema>> {
  const { project, model, version } = await deps.registry.get(at.project, at.model, at.version);
  const workflowId = workflowIds.promoteModel(project, model, version);
  await start(deps, workflowId, { project, model, version, requestedBy: by });
  const result = await soonResult(deps, workflowId);
  if (result !== undefined) return { workflowId, ...result };
  const asked = await deps.approvals.latest(project, `${model}@${version}`);
  const approval = asked?.status === 'open' ? asked.id : null;
  return { workflowId, status: 'waiting', reason: null, approval };
}

async function start(
  { client }: GatewayDeps,
  workflowId: string,
  input: Parameters<Stories['promoteModel']>[0],
): Promise<void> {
  try {
    await withDeadline(client, startDeadlineMs, () =>
      client.workflow.start<Stories['promoteModel']>('promoteModel', {
        workflowId,
        workflowIdConflictPolicy: 'USE_EXISTING',
        taskQueue: queues.orchestrator,
        staticSummary: `promote ${input.project}/${input.model}@${input.version}`,
        typedSearchAttributes: [
          { key: runSearchKeys[searchAttributes.project], value: input.project },
          { key: runSearchKeys[searchAttributes.model], value: input.model },
        ],
        args: [input],
      }),
    );
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
}

/** Undefined where it is not over yet. */
async function soonResult(
  { client }: GatewayDeps,
  workflowId: string,
): Promise<PromoteModelResult | undefined> {
  const handle = client.workflow.getHandle<Stories['promoteModel']>(workflowId);
  try {
    return await withDeadline(client, patienceMs, () => handle.result());
  } catch (error) {
    if (error instanceof RatchetError && error.code === 'PART_UNAVAILABLE') return undefined;
    if (error instanceof WorkflowFailedError) {
      return { status: 'failed', reason: messageOf(error.cause ?? error), approval: null };
    }
    throw error;
  }
}
