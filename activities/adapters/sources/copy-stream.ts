import type { Readable } from 'node:stream';
import { RatchetError } from '../../../domain/errors/ratchet-error.js';
import type { Session } from './read-only-session.js';

/**
 * Starts a COPY to standard output. The driver tells of the stream through a promise, but the server may send its
 * first bytes and an error in one packet: then the error is emitted before anybody who awaits the promise could listen,
 * and ends the process. So we listen where the driver resolves the promise; the error stays on the stream for its reader.
 */
export async function copyStream(session: Session, statement: string): Promise<Readable> {
  const query = session.unsafe(statement);
  const driver: unknown = query;
  if (!resolvesStreams(driver))
    throw new RatchetError('INTERNAL', 'this version of postgres.js copies another way');
  const handOver = driver.resolve;
  driver.resolve = (stream) => {
    stream.once('error', () => stream.destroy());
    handOver(stream);
  };
  return await query.readable();
}

interface StreamPromise {
  resolve(stream: Readable): void;
}

function resolvesStreams(query: unknown): query is StreamPromise {
  return (
    typeof query === 'object' && query !== null && 'resolve' in query && typeof query.resolve === 'function'
  );
}
