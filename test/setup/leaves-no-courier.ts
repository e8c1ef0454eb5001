import { createRequire } from 'node:module';
import { afterAll } from 'vitest';
import { workflowIds } from '../../domain/names.js';
import { testStack } from './stack.js';

/** Whether anything of a file's tests may have asked Temporal: only then is its client loaded. */
const mayHaveAsked = () =>
  Object.keys(createRequire(import.meta.url).cache).some((path) => path.includes('/@temporalio/client/'));

/** The courier is one for the whole namespace: left open, it is given to a worker of the next file, which has no letters for it. */
afterAll(async () => {
  if (!mayHaveAsked()) return;
  const { Client, Connection, WorkflowNotFoundError } = await import('@temporalio/client');
  const { address, namespace } = testStack().config.temporal;
  const connection = await Connection.connect({ address });
  try {
    const { workflow } = new Client({ connection, namespace });
    await workflow
      .getHandle(workflowIds.platform('deliver-notifications'))
      .terminate('the tests of a file are over');
  } catch (error) {
    if (!(error instanceof WorkflowNotFoundError)) throw error;
  } finally {
    await connection.close();
  }
});
