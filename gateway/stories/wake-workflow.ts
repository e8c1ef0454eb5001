import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type { LineName } from '../../domain/lifecycle/handle-triggers.js';
import { queues, searchAttributes, workflowIds } from '../../domain/names.js';
import { runSearchKeys } from '../../workflows/messages/search-keys.js';
import { wakeSignal } from '../../workflows/messages/triggers.js';
import type { GatewayDeps } from '../deps.js';
import { withDeadline } from './with-deadline.js';

type Deps = Pick<GatewayDeps, 'client'>;

const deadlineMs = 10_000;

/** Makes the line of a model look at its events; one that is not there begins. Error: `PART_UNAVAILABLE`, with `what`. */
export async function wakeLine(
  { client }: Deps,
  { project, model }: LineName,
  /** What is not lost where Temporal is away. */
  what: string,
): Promise<void> {
  await notLost(what, () =>
    withDeadline(client, deadlineMs, () =>
      client.workflow.signalWithStart('handleTriggers', {
        workflowId: workflowIds.handleTriggers(project, model),
        taskQueue: queues.orchestrator,
        staticSummary: `events of ${project}/${model}`,
        typedSearchAttributes: [
          { key: runSearchKeys[searchAttributes.project], value: project },
          { key: runSearchKeys[searchAttributes.model], value: model },
        ],
        args: [{ project, model }],
        signal: wakeSignal,
      }),
    ),
  );
}

/** Makes letters go out. Error: `PART_UNAVAILABLE`, with `what`. */
export async function wakeNotifications({ client }: Deps, what: string): Promise<void> {
  await notLost(what, () =>
    withDeadline(client, deadlineMs, () =>
      client.workflow.signalWithStart('deliverNotifications', {
        workflowId: workflowIds.platform('deliver-notifications'),
        taskQueue: queues.orchestrator,
        args: [],
        signal: wakeSignal,
      }),
    ),
  );
}

/** A row is there; that it is looked at later is said. */
export async function notLost<T>(what: string, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof RatchetError) || error.code !== 'PART_UNAVAILABLE') throw error;
    throw new RatchetError('PART_UNAVAILABLE', `${what}: ${error.message}`, error.details, { cause: error });
  }
}
