import { ApplicationFailure, type Client, WorkflowFailedError } from '@temporalio/client';
import { RatchetError } from '../../domain/errors/ratchet-error.js';
import { toldError } from '../../domain/errors/told-error.js';
import { queues } from '../../domain/names.js';
import type { Stories } from '../../workflows/messages/stories.js';
import { withDeadline } from './with-deadline.js';

const startDeadlineMs = 10_000;

/** Clients of Node give an answer up after five minutes. */
const defaultPatienceMs = 240_000;

/**
 * Runs a short story, or joins the one that runs under the same id, and waits for its result. Errors: those of the
 * story, `PART_UNAVAILABLE`.
 */
export async function runStory<S extends keyof Stories>(
  client: Client,
  story: S,
  at: {
    readonly workflowId: string;
    readonly input: Parameters<Stories[S]>[0];
    readonly patienceMs?: number;
  },
): Promise<Awaited<ReturnType<Stories[S]>>> {
  const { workflowId, input, patienceMs = defaultPatienceMs } = at;
  const handle = await withDeadline(client, startDeadlineMs, () =>
    client.workflow.start(story, {
      workflowId,
      workflowIdConflictPolicy: 'USE_EXISTING',
      taskQueue: queues.orchestrator,
      args: [input],
    }),
  );
  try {
    return await withDeadline(client, patienceMs, () => handle.result());
  } catch (error) {
    throw refusalOf(error) ?? overdue(error, workflowId, patienceMs) ?? error;
  }
}

/** The error of the catalogue behind a failed story, so that a caller reads the same words as in the history. */
function refusalOf(error: unknown): RatchetError | undefined {
  if (!(error instanceof WorkflowFailedError)) return undefined;
  let cause: unknown = error.cause;
  while (cause instanceof Error && !(cause instanceof ApplicationFailure) && cause.cause) cause = cause.cause;
  return cause instanceof ApplicationFailure ? toldError(cause) : undefined;
}

function overdue(error: unknown, workflowId: string, patienceMs: number): RatchetError | undefined {
  if (!(error instanceof RatchetError) || error.code !== 'PART_UNAVAILABLE') return undefined;
  return new RatchetError(
    'PART_UNAVAILABLE',
    `${error.message}: ${workflowId} has begun and gives no result within ${patienceMs / 1000} seconds; is a worker there? The same call joins it`,
    { workflowId },
    { cause: error },
  );
}
