import { mkdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FeedbackRow } from '../../../domain/ports/predictions.js';
import type { Answered } from '../../../serving/record/answered.js';
import { BlockBuffer } from '../../../serving/record/block-buffer.js';
import { Delivery, type DeliveryCounts } from '../../../serving/record/delivery.js';
import { recordKinds } from '../../../serving/record/record-format.js';
import { Spool } from '../../../serving/record/spool.js';
import { writeModel, writePrediction } from '../../../serving/record/write-prediction.js';

const mebibyte = 2 ** 20;
/** Records of a block. */
const atOnce = 500;
/** More does not wait on the disk. */
const mostWaitingBytes = 64 * mebibyte;
const longestMs = 3_600_000;

/** An answer under an id of its own: that of a recorder is of the moment. */
export interface TimedAnswer {
  readonly id: string;
  readonly answered: Answered;
}

/** Records as a server makes them, by way of its spool and the thread that delivers. */
export class RecordFeeder {
  private readonly block = new BlockBuffer();
  private readonly spool: Spool;
  private readonly delivery: Delivery;
  private trouble: unknown;

  /** @param databaseUrl Postgres as `ratchet_serving` */
  constructor(folder: string, databaseUrl: string) {
    mkdirSync(folder, { recursive: true });
    const fail = (error: unknown) => {
      this.trouble ??= error;
    };
    this.spool = new Spool({
      ...{ folder, mostBytes: 1024 * mebibyte, segmentBytes: 4 * mebibyte, segmentMs: 1000 },
      onDue: () => this.spool.roll(),
      onClosed: (segment) => this.delivery.take(segment),
      onTrouble: fail,
    });
    this.delivery = new Delivery(
      { folder, databaseUrl },
      {
        backlog: () => this.spool.backlog(),
        undelivered: () => this.spool.undelivered(),
        onDelivered: ({ name, asideBytes }) => this.spool.removed(name, asideBytes),
        onWaits: (reason) => fail(new Error(`what was recorded is not delivered: ${reason}`)),
        onFlows: () => undefined,
        onPace: () => undefined,
      },
    );
  }

  counts(): DeliveryCounts {
    return this.delivery.counts();
  }

  async answers(answers: Iterable<TimedAnswer>): Promise<void> {
    for (const { id, answered } of answers) {
      if (this.block.isEmpty) writeModel(this.block, { number: 0, model: answered.served });
      writePrediction(this.block, id, 0, answered);
      if (this.block.records >= atOnce) await this.write();
    }
    await this.write();
  }

  /** @param batches what comes together, as in one request */
  async feedback(batches: Iterable<readonly FeedbackRow[]>): Promise<void> {
    for (const rows of batches) {
      this.block.begin(recordKinds.feedback);
      this.block.raw(Buffer.from(JSON.stringify(rows)));
      this.block.end(true);
      await this.write();
    }
  }

  /** Resolves when all is in the database. Error: what kept it from there. */
  async drained(): Promise<void> {
    await this.spool.flushed();
    await this.delivery.drained(longestMs);
    if (this.trouble !== undefined) throw this.trouble;
  }

  async close(): Promise<void> {
    await this.delivery.close();
    this.spool.close();
  }

  private async write(): Promise<void> {
    if (this.block.isEmpty) return;
    this.spool.write(this.block.seal(), this.block.records);
    this.block.clear();
    while (this.spool.bytes > mostWaitingBytes && this.trouble === undefined) await sleep(5);
    if (this.trouble !== undefined) throw this.trouble;
  }
}
