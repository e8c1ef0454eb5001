import { createServer } from 'node:net';
import { Client } from '@temporalio/client';
import { expect, it } from 'vitest';
import { openTemporalConnection } from '../../gateway/temporal-connection.js';

it('closes while a call waits for its next try, and the call ends without a try over the closed connection', async () => {
  let calls = 0;
  const server = createServer((socket) => {
    calls += 1;
    socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const at = server.address();
  if (at === null || typeof at === 'string') throw new Error('no port');
  const { connection, close } = openTemporalConnection({ address: `127.0.0.1:${at.port}` });
  const client = new Client({ connection });
  const asked = client
    .withDeadline(Date.now() + 60_000, () => client.workflowService.getSystemInfo({}))
    .catch((error: unknown) => error);
  while (calls < 2) await new Promise((resolve) => setTimeout(resolve, 10));
  await close();
  expect(await asked).toBeInstanceOf(Error);
  // A try after that would be an uncaught exception, which fails the run of this file.
  await new Promise((resolve) => setTimeout(resolve, 1000));
  server.close();
});
