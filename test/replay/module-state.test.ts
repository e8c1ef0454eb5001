import { fileURLToPath } from 'node:url';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { bundleWorkflowCode, DefaultLogger, Worker } from '@temporalio/worker';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { installQuietRuntime } from '../workflows/quiet-runtime.js';
import { openTimeSkipping } from '../workflows/story-room.js';

let env: TestWorkflowEnvironment;
beforeAll(async () => {
  installQuietRuntime();
  env = await openTimeSkipping();
});
afterAll(() => env.teardown());

it('the bundler gives every run of a story modules of its own, though runs share a context', async () => {
  const workflowsPath = fileURLToPath(new URL('fixtures/remembering-story.ts', import.meta.url));
  const { code } = await bundleWorkflowCode({ workflowsPath, logger: new DefaultLogger('ERROR') });
  const worker = await Worker.create({
    connection: env.nativeConnection,
    taskQueue: 'module-state',
    workflowBundle: { code },
    reuseV8Context: true,
  });
  const play = (workflowId: string) =>
    env.client.workflow.execute('rememberingStory', { taskQueue: 'module-state', workflowId });
  const answers = await worker.runUntil(async () => [
    await play('one'),
    await play('two'),
    await play('three'),
  ]);
  expect(answers).toEqual([1, 1, 1]);
});
