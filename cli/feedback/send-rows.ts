import { setTimeout as sleep } from 'node:timers/promises';
import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type { FileRow } from './file-rows.js';
import type { ToldRow } from './told-row.js';

/** What became of rows. */
export interface SentCounts {
  accepted: number;
  duplicate: number;
  unknown: number;
  /** Of answers that were chosen not to be recorded; absent where there are none. */
  unsampled?: number;
}

/** What is sent at once; the gateway takes 1 MiB. */
const mostRows = 2000;
const mostCharacters = 512 * 1024;
/** How often it waits a second where the gateway has had too many requests. */
const mostRests = 60;

type Post = (rows: readonly ToldRow[]) => Promise<SentCounts>;

/**
 * Sends rows in batches, in their order; `counts` tells at any time what is taken. Where a row is none, all before it are
 * sent first. Errors: those of the rows; those of the gateway, with how much was taken: what is sent twice counts once, so
 * that all of it may be sent again.
 */
export async function sendRows(rows: AsyncIterable<FileRow>, post: Post, counts: SentCounts): Promise<void> {
  for await (const batch of batchesOf(rows)) {
    try {
      await send(batch, post, counts);
    } catch (error) {
      if (!(error instanceof RatchetError)) throw error;
      const taken = counts.accepted + counts.duplicate + counts.unknown;
      const text = `${error.message}; ${taken} rows were taken before, and all may be sent again`;
      throw new RatchetError(error.code, text, error.details, { cause: error });
    }
  }
}

async function* batchesOf(rows: AsyncIterable<FileRow>): AsyncGenerator<readonly ToldRow[]> {
  let [batch, characters]: [ToldRow[], number] = [[], 0];
  try {
    for await (const { told } of rows) {
      batch.push(told);
      characters += JSON.stringify(told).length;
      if (batch.length < mostRows && characters < mostCharacters) continue;
      yield batch;
      [batch, characters] = [[], 0];
    }
  } catch (error) {
    if (batch.length > 0) yield batch;
    throw error;
  }
  if (batch.length > 0) yield batch;
}

async function send(batch: readonly ToldRow[], post: Post, counts: SentCounts): Promise<void> {
  for (let rests = 0; ; rests += 1) {
    try {
      const { accepted, duplicate, unknown, unsampled = 0 } = await post(batch);
      counts.accepted += accepted;
      counts.duplicate += duplicate;
      counts.unknown += unknown;
      if (unsampled > 0) counts.unsampled = (counts.unsampled ?? 0) + unsampled;
      return;
    } catch (error) {
      const isTooMany = error instanceof RatchetError && error.code === 'TOO_MANY_REQUESTS';
      if (!isTooMany || rests >= mostRests) throw error;
      await sleep(1000);
    }
  }
}
