import { parentPort, workerData } from 'node:worker_threads';
import { connect } from '../db/client.js';
import { createPredictionSink } from '../db/predictions.js';
import { createDeliverer } from './record/deliver.js';
import type { DeliveryOrder, DeliveryStart } from './record/delivery-messages.js';
import { standBehind } from './record/stand-behind.js';

/** The thread that takes predictions from the spool to Postgres, until it is told to end. */
const { folder, databaseUrl, pace } = workerData as DeliveryStart;

standBehind(pace);
const database = connect(databaseUrl, { poolSize: 1, application: 'ratchet serving' });
const deliverer = createDeliverer(folder, createPredictionSink(database), (news) =>
  parentPort?.postMessage(news),
);
parentPort?.on('message', (order: DeliveryOrder) => {
  if (order.kind === 'segment') deliverer.add(order.name);
  else if (order.kind === 'hurry') deliverer.hurry();
  else void deliverer.close().then(() => parentPort?.close());
});
