import {
  ApplicationFailure,
  type Client,
  WorkflowFailedError,
  type WorkflowHandle,
} from '@temporalio/client';
import type { RatchetError } from '../../../domain/errors/ratchet-error.js';
import { toldError } from '../../../domain/errors/told-error.js';
import { queues, workflowIds } from '../../../domain/names.js';
import type { EngineActivities, EngineVerb } from '../../engine/engine-activities.js';

type Asked<V extends EngineVerb> = Parameters<EngineActivities[V]>[0];

/** The process that alone holds the engine's socket, as other processes reach it. */
export interface EngineAgent {
  /**
   * What is asked twice under one key at once is done once. Resolves when it is done; an abort stops it first. Errors:
   * those of the verb, `PART_UNAVAILABLE` where no agent takes it up.
   */
  ask<V extends EngineVerb>(
    verb: V,
    at: { readonly key: string; readonly signal?: AbortSignal },
    ...asked: Asked<V> extends undefined ? [] : [Asked<V>]
  ): ReturnType<EngineActivities[V]>;
}

interface Question {
  readonly verb: EngineVerb;
  readonly asked: unknown;
}

/** Asks by a short story, which has the agent's queue and its patience. */
export function createEngineAgent(client: Client): EngineAgent {
  // What comes back has been through JSON; the verb says of which form it is.
  return {
    ask: (verb, at, ...asked) => askBy(client, { verb, asked: asked[0] ?? null }, at) as never,
  };
}

async function askBy(
  client: Client,
  question: Question,
  { key, signal }: { readonly key: string; readonly signal?: AbortSignal },
): Promise<unknown> {
  signal?.throwIfAborted();
  const handle = await client.workflow.start('askEngine', {
    workflowId: workflowIds.askEngine(question.verb, key),
    workflowIdConflictPolicy: 'USE_EXISTING',
    taskQueue: queues.orchestrator,
    args: [question],
  });
  return resultOf(handle, signal);
}

async function resultOf(handle: WorkflowHandle, signal: AbortSignal | undefined): Promise<unknown> {
  const stop = () => void handle.cancel().catch(() => undefined);
  signal?.addEventListener('abort', stop, { once: true });
  try {
    return await handle.result();
  } catch (error) {
    throw errorOf(error) ?? error;
  } finally {
    signal?.removeEventListener('abort', stop);
  }
}

/** The error of the catalogue behind a story that failed; undefined where there is none. */
function errorOf(error: unknown): RatchetError | undefined {
  if (!(error instanceof WorkflowFailedError)) return undefined;
  let cause: unknown = error.cause;
  while (cause instanceof Error && !(cause instanceof ApplicationFailure) && cause.cause) cause = cause.cause;
  return cause instanceof ApplicationFailure ? toldError(cause, error) : undefined;
}
