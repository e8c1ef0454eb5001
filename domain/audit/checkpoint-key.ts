/** Where checkpoints lie outside of the database, one a row. */
export const checkpointFolder = 'audit/checkpoints/';

/** Digits of the largest number that a row can have, so that keys are sorted as rows are. */
const digits = 16;

/** Key of the checkpoint of a row. */
export function checkpointKey(seq: number): string {
  return `${checkpointFolder}${String(seq).padStart(digits, '0')}.json`;
}

/** The row that a key is about; undefined for one that `checkpointKey` does not make. */
export function rowOfCheckpoint(key: string): number | undefined {
  const seq = Number(/(\d+)\.json$/.exec(key)?.[1] ?? 0);
  return Number.isSafeInteger(seq) && seq > 0 && key === checkpointKey(seq) ? seq : undefined;
}
