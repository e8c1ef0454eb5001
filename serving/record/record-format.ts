/**
 * A segment of the spool: `head`, then blocks. A block is what was written at once: length and CRC-32 of its body (uint32
 * each, little-endian like all else), and the body, records one after the other. A record is its kind (uint8), its
 * length (uint32) and as many bytes.
 */
export const segmentHead = Buffer.from('RATSPL1\n');
export const blockHeadBytes = 8;
export const recordHeadBytes = 5;

/**
 * `model`: what answers, as JSON with the number it has in this segment; comes before the predictions of it.
 * `prediction`: one request that was answered. `feedback`: JSON. `forFeedback`: one that is made again, in the form of a
 * prediction. `minutes`: what was counted, as JSON.
 */
export const recordKinds = { model: 0, prediction: 1, feedback: 2, forFeedback: 3, minutes: 4 } as const;

/** Kinds that are made for those that somebody wants to know of. */
export const sideKinds: ReadonlySet<number> = new Set([recordKinds.model, recordKinds.minutes]);

/** What JSON of a `model` holds. */
export interface SpooledModel<Model> {
  readonly number: number;
  readonly model: Model;
}
