import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { Worker } from '@temporalio/worker';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { workflowPatience } from '../../workers/workflow-patience.js';
import { workflowBundle } from '../setup/workflow-bundle.js';
import { installQuietRuntime } from './quiet-runtime.js';
import { openTimeSkipping } from './story-room.js';

let env: TestWorkflowEnvironment;
beforeAll(async () => {
  installQuietRuntime();
  env = await openTimeSkipping();
});
afterAll(() => env.teardown());

it('a worker lets one step of a workflow compute for minutes, past what the SDK tells of', async () => {
  const worker = await Worker.create({
    connection: env.nativeConnection,
    taskQueue: 'patience',
    workflowBundle: await workflowBundle(),
    ...workflowPatience,
  });
  expect(worker.options.isolateExecutionTimeoutMs).toBe(120_000);
  await worker.runUntil(Promise.resolve());
});
