import { Client, Connection, WorkflowNotFoundError } from '@temporalio/client';
import { afterAll } from 'vitest';
import { workflowIds } from '../../domain/names.js';
import { testStack } from './stack.js';

/** The courier is one for the whole namespace: left open, it is given to a worker of the next file, which has no letters for it. */
afterAll(async () => {
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
