import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type { PredictionSink } from '../../domain/ports/predictions.js';
import { type Batch, batchesOf } from './batches.js';
import type { DeliveredSegment } from './delivery-messages.js';
import { readBlocks } from './read-blocks.js';
import { readRecords } from './read-records.js';
import { asideOf } from './spool.js';

/**
 * Stores a segment, and removes it then. Whoever is cut off between the two stores it once more, and finds every row
 * there. What can never be stored is set aside with the reason, and holds nothing up.
 * Errors: those of the sink that may pass; what was stored by then stays.
 */
export async function deliverSegment(
  folder: string,
  name: string,
  sink: PredictionSink,
): Promise<DeliveredSegment> {
  const path = join(folder, name);
  const bytes = await readFile(path);
  const read = readBlocks(bytes);
  const delivery = new SegmentDelivery(join(asideOf(folder), name), sink);
  for (const batch of batchesOf(readRecords(read))) {
    if (batch.kind === 'unreadable') await delivery.setAside(batch.reason, batch.bytes.toString('base64'));
    else await delivery.store(batch);
  }
  const rest = bytes.subarray(read.wholeBytes);
  if (rest.length > 0) await delivery.setAside('it was damaged on the disk', rest.toString('base64'));
  await rm(path);
  return { kind: 'delivered', name, ...delivery.counts };
}

class SegmentDelivery {
  readonly counts = {
    rows: 0,
    duplicates: 0,
    feedback: { stored: 0, duplicate: 0, unknown: 0 },
    setAside: 0,
    asideBytes: 0,
  };
  private readonly aside: string;
  private readonly sink: PredictionSink;

  constructor(aside: string, sink: PredictionSink) {
    this.aside = aside;
    this.sink = sink;
  }

  /** Where one of many is refused, halves are tried until it is found. */
  async store(batch: Batch): Promise<void> {
    try {
      await this.storeAll(batch);
    } catch (error) {
      if (!(error instanceof RatchetError) || error.code !== 'REQUEST_INVALID') throw error;
      if (batch.rows.length === 1) return this.setAside(error.message, batch);
      const half = Math.ceil(batch.rows.length / 2);
      await this.store(partOf(batch, 0, half));
      await this.store(partOf(batch, half, batch.rows.length));
    }
  }

  async setAside(reason: string, record: unknown): Promise<void> {
    const text = JSON.stringify({ reason, record });
    await writeFile(`${this.aside}.${this.counts.setAside}.json`, text, { mode: 0o600 });
    this.counts.setAside += 1;
    this.counts.asideBytes += Buffer.byteLength(text);
  }

  private async storeAll(batch: Batch): Promise<void> {
    if (batch.kind === 'predictions') {
      const stored = await this.sink.store(batch.models, batch.rows);
      this.counts.rows += stored;
      this.counts.duplicates += batch.rows.length - stored;
      return;
    }
    if (batch.kind === 'minutes') return this.sink.storeMinutes(batch.rows);
    const { stored, duplicate, unknown } = await this.sink.storeFeedback(batch.rows);
    this.counts.feedback.stored += stored;
    this.counts.feedback.duplicate += duplicate;
    this.counts.feedback.unknown += unknown;
  }
}

/** With the models of its rows alone: it may be one of those that is refused. */
function partOf(batch: Batch, from: number, to: number): Batch {
  if (batch.kind === 'feedback') return { ...batch, rows: batch.rows.slice(from, to) };
  if (batch.kind === 'minutes') return { ...batch, rows: batch.rows.slice(from, to) };
  const rows = batch.rows.slice(from, to);
  const named = new Set(rows.map(({ served }) => served));
  return { ...batch, rows, models: batch.models.filter(({ id }) => named.has(id)) };
}
