import type { WorkflowHandle } from '@temporalio/client';
import { queues } from '../../domain/names.js';
import type { StoryRoom } from './story-room.js';

/** A story that has come to its end. */
export interface Ended {
  readonly handle: WorkflowHandle;
  readonly result?: unknown;
  readonly failure?: unknown;
}

/** Starts a story, lets something happen while it runs, and waits for its end. */
export async function play(
  room: StoryRoom,
  story: string,
  at: { readonly workflowId: string; readonly input?: unknown },
  meanwhile: (handle: WorkflowHandle) => Promise<unknown> = async () => undefined,
): Promise<Ended> {
  const handle = await room.env.client.workflow.start(story, {
    workflowId: at.workflowId,
    taskQueue: queues.orchestrator,
    args: at.input === undefined ? [] : [at.input],
  });
  await meanwhile(handle);
  try {
    return { handle, result: await handle.result() };
  } catch (failure) {
    return { handle, failure };
  }
}

/** A story whose history is taken while it waits. It is cancelled then, so that the next one does not meet it. */
export async function playWaiting(
  room: StoryRoom,
  story: string,
  at: { readonly workflowId: string; readonly input: unknown },
  meanwhile: (handle: WorkflowHandle) => Promise<unknown>,
): Promise<Ended> {
  const handle = await room.plainClient.workflow.start(story, {
    workflowId: at.workflowId,
    taskQueue: queues.orchestrator,
    args: [at.input],
  });
  await meanwhile(handle);
  const history = await handle.fetchHistory();
  await handle.cancel();
  await handle.result().catch(() => undefined);
  return { handle: Object.assign(handle, { fetchHistory: async () => history }) };
}

/** Something that happens once, and that others wait for. */
export function happening(): { readonly happened: Promise<void>; readonly now: () => void } {
  const listeners: (() => void)[] = [];
  const happened = new Promise<void>((resolve) => {
    listeners.push(resolve);
  });
  return { happened, now: () => listeners.forEach((tell) => void tell()) };
}
