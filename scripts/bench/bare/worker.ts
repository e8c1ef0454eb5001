import { fileURLToPath } from 'node:url';
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { nothing } from './activity.js';

/** `node worker.js <address> <queue>`: a worker of the peer, as the samples of Temporal have it. Tells its parent when it is ready. */
async function main(address = '', taskQueue = ''): Promise<void> {
  Runtime.install({ logger: new DefaultLogger('WARN') });
  const connection = await NativeConnection.connect({ address });
  const worker = await Worker.create({
    connection,
    taskQueue,
    workflowsPath: fileURLToPath(new URL('./workflow.js', import.meta.url)),
    activities: { nothing },
  });
  process.send?.('ready');
  process.on('disconnect', () => worker.shutdown());
  await worker.run();
  await connection.close();
}

await main(...process.argv.slice(2));
process.exit(0);
