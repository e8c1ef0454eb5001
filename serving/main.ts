import { setFlagsFromString } from 'node:v8';
import { pino } from 'pino';
import { messageOf, RatchetError } from '../domain/errors/ratchet-error.js';
import { type Config, loadSection } from '../temporal.config.js';
import { heedSupervisor, supervised } from './heed-supervisor.js';
import { isOfRegistry } from './open-models.js';
import { openServing } from './open-serving.js';

/**
 * What a request leaves is over soon. Where much of it was still in use as the server grew warm, V8 makes more of the same
 * among what is to stay, where only a full collection finds it: that holds up every request for 20 ms and more.
 */
const keepYoung = '--no-allocation-site-pretenuring';
/** So long a host that leaves waits for the word that no connection is on its way to it. */
const mostFarewellMs = 5000;
/** After the time that requests are given to end, for what must be put away then. */
const lastWordsMs = 5000;

/** The data plane as a process: answers until SIGTERM, then finishes what it is answering. */
async function main(): Promise<void> {
  // Not an option of the process: one that a newer Node does not know would end it.
  setFlagsFromString(keepYoung);
  // Nothing of the control plane is asked for.
  const config = {
    serving: loadSection('serving', process.env),
    metrics: loadSection('metrics', process.env),
    workers: loadSection('workers', process.env),
  };
  const log = pino({ name: 'serving' }, pino.destination(2));
  const stores = isOfRegistry(config.serving) ? await openStores(config.serving) : null;
  const serving = await openServing(config, log, stores);
  let isStopping = false;
  const stop = (drainMs: number) => {
    if (isStopping) return;
    isStopping = true;
    setTimeout(() => process.exit(1), drainMs + lastWordsMs).unref();
    serving
      .close(drainMs)
      .then(() => stores?.close())
      .then(() => process.exit(0), fail);
  };
  const stopInTime = () => stop(config.workers.shutdownGraceMs);
  // A connection that is handed over while this process ends would be lost.
  const leave = () => {
    if (!process.connected || !process.argv.includes(supervised)) return stopInTime();
    process.send?.({ leaving: true });
    setTimeout(stopInTime, mostFarewellMs);
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, leave);
  // Whoever started it has gone.
  process.on('disconnect', stopInTime);
  heedSupervisor(serving, { stop, left: stopInTime });
  // Whoever reads this may end the process at once.
  tell({ ready: true, process: 'serving', ...serving.at });
}

/** A server of a folder starts without what it takes to read a database. */
async function openStores(serving: Config['serving']) {
  const { openRegistryStores } = await import('./main-stores.js');
  // A host that runs code of a user is deployed with its files, and holds no keys of a store.
  const isStoreless = serving.models.length === 0 && process.env['RATCHET_S3_ENDPOINT'] === undefined;
  return openRegistryStores(serving, isStoreless ? null : loadSection('blobs', process.env));
}

/** To whoever started the process, or to its standard output. */
function tell(said: object): void {
  if (process.connected) process.send?.(said);
  else process.stdout.write(`${JSON.stringify(said)}\n`);
}

function fail(error: unknown): void {
  const code = error instanceof RatchetError ? error.code : 'INTERNAL';
  const exit = () => process.exit(1);
  if (process.connected) process.send?.({ ready: false, code, message: messageOf(error) }, exit);
  else process.stderr.write(`serving: ${code}: ${messageOf(error)}\n`, exit);
}

main().catch(fail);
