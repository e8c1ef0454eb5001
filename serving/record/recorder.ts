import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type { ServedModel } from '../../domain/ports/predictions.js';
import { isSampled, unsampledId } from '../../domain/predictions/unsampled-id.js';
import type { Answered } from './answered.js';
import { BlockBuffer } from './block-buffer.js';
import { newPredictionId } from './prediction-ids.js';
import { recordKinds, sideKinds } from './record-format.js';
import type { Spool } from './spool.js';
import { writeModel, writePrediction } from './write-prediction.js';

/** What happens where there is no room for a record. */
export type WhenFull = 'drop-and-count' | 'refuse';

/** Counts since the start. */
export interface RecordCounts {
  readonly spooled: number;
  /** Answers that went out without being recorded. */
  readonly dropped: number;
  /** Requests that were not answered, since they could not have been recorded. */
  readonly refused: number;
  /** Predictions that are not among the share that is recorded. */
  readonly unsampled: number;
}

/** After the disk has failed, how long until it is asked again. */
const restMs = 1000;

/**
 * Puts answers into the spool before they go out. Those of one turn of the event loop are one block and one write: what
 * was answered is with the kernel, and no end of this process loses it.
 */
export class Recorder {
  private readonly block = new BlockBuffer();
  private readonly numbers = new Map<ServedModel, number>();
  private toldIn = -1;
  private written: Promise<boolean> | null = null;
  private settle: (isWritten: boolean) => void = () => undefined;
  /** Mean of the newest records. */
  private usualBytes = 0;
  private restUntilMs = 0;
  private spooled = 0;
  private dropped = 0;
  private refused = 0;
  private unsampled = 0;
  private readonly sample: number;
  private readonly spool: Spool;
  private readonly whenFull: WhenFull;
  private readonly onTrouble: (error: unknown) => void;

  /** @param sample share of the predictions that is recorded */
  constructor(spool: Spool, whenFull: WhenFull, onTrouble: (error: unknown) => void, sample = 1) {
    this.sample = sample;
    this.spool = spool;
    this.whenFull = whenFull;
    this.onTrouble = onTrouble;
  }

  counts(): RecordCounts {
    const { spooled, dropped, refused, unsampled } = this;
    return { spooled, dropped, refused, unsampled };
  }

  /** Asked before anything is computed. Error: `OVERLOADED` where there is no room and requests are refused then. */
  requireRoom(): void {
    if (this.whenFull === 'refuse' && !this.hasRoomFor(this.usualBytes)) this.lose(1);
  }

  /**
   * The id of the prediction, once it is written, or that of one that is not sampled; undefined where it is not recorded: it has no rows, or was dropped.
   * Error: `OVERLOADED` where it cannot be recorded and requests are refused then.
   */
  async record(answered: Answered): Promise<string | undefined> {
    if (answered.rows === 0) return undefined;
    const id = newPredictionId(Date.now());
    // What is told of it later comes with its id, and is known by that to be of nothing that is there. What is made for
    // feedback is there for that alone.
    if (!isSampled(id, this.sample) && !answered.forFeedback) {
      this.unsampled += 1;
      return unsampledId(id);
    }
    const isRoom = this.add(() => {
      writePrediction(this.block, id, this.numberOf(answered.served), answered);
    });
    if (!isRoom) return this.lose(1);
    return (await this.flushSoon()) ? id : this.lose(1);
  }

  /** What was told of predictions, as JSON. False where it was not written, and is to be sent again. */
  recordFeedback(json: string): Promise<boolean> {
    return this.recordJson(recordKinds.feedback, json);
  }

  /** What was counted, as JSON. False where it was not written. */
  recordMinutes(json: string): Promise<boolean> {
    return this.recordJson(recordKinds.minutes, json);
  }

  /** Closes the segment that is written to, after what is on its way there. */
  roll(): void {
    this.flush();
    this.spool.roll();
  }

  private async recordJson(kind: number, json: string): Promise<boolean> {
    const isRoom = this.add(() => {
      this.block.begin(kind);
      this.block.raw(Buffer.from(json));
      this.block.end(!sideKinds.has(kind));
    });
    return isRoom && (await this.flushSoon());
  }

  private hasRoomFor(bytes: number): boolean {
    return this.spool.hasRoomFor(this.block.length + bytes) && Date.now() >= this.restUntilMs;
  }

  private add(write: () => void): boolean {
    if (!this.hasRoomFor(0)) return false;
    if (this.block.isEmpty && (this.spool.segment === -1 || this.spool.segment !== this.toldIn)) {
      this.numbers.clear();
    }
    const mark = this.block.mark();
    let isWhole = false;
    try {
      write();
      isWhole = this.spool.hasRoomFor(this.block.length);
      return isWhole;
    } finally {
      if (isWhole) this.usualBytes += (this.block.length - mark.at - this.usualBytes) / 16;
      else {
        this.block.rewind(mark);
        this.numbers.clear();
      }
    }
  }

  private numberOf(model: ServedModel): number {
    const known = this.numbers.get(model);
    if (known !== undefined) return known;
    const number = this.numbers.size;
    this.numbers.set(model, number);
    writeModel(this.block, { number, model });
    return number;
  }

  private flushSoon(): Promise<boolean> {
    if (this.written !== null) return this.written;
    this.written = new Promise((resolve) => {
      this.settle = resolve;
    });
    setImmediate(() => this.flush());
    return this.written;
  }

  private flush(): void {
    if (this.written === null) return;
    this.written = null;
    const { records } = this.block;
    try {
      this.spool.write(this.block.seal(), records);
      this.spooled += records;
      this.toldIn = this.spool.segment;
      this.settle(true);
    } catch (error) {
      this.restUntilMs = Date.now() + restMs;
      this.toldIn = -1;
      this.onTrouble(error);
      this.settle(false);
    }
    this.block.clear();
  }

  private lose(records: number): undefined {
    if (this.whenFull === 'drop-and-count') {
      this.dropped += records;
      return undefined;
    }
    this.refused += records;
    throw new RatchetError('OVERLOADED', 'there is no room to record predictions, and none is made without');
  }
}
