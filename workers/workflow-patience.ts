import type { CompiledWorkerOptions } from '@temporalio/worker';

/**
 * How long one step of a workflow may compute before it is cut off. The SDK's five seconds are too short: cutting a step off
 * takes its process with it (Node's issue 38503), again and again, and 10,000 signals that came while nobody listened are
 * one step, of three seconds on a machine with nothing else to do. A step that takes too long for the server is begun
 * again, and harms nobody else.
 */
export const workflowPatience: Pick<CompiledWorkerOptions, 'isolateExecutionTimeout'> = {
  isolateExecutionTimeout: '2 minutes',
};
