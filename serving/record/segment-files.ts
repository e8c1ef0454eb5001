import { readdirSync, readFileSync, renameSync, rmSync, statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { readBlocks } from './read-blocks.js';

/** A segment that nobody writes to any more. */
export interface Segment {
  /** `<number>-<records>.spool`; numbers rise, and are the time of the first record in milliseconds or somewhat more. */
  readonly name: string;
  readonly number: number;
  readonly records: number;
  readonly bytes: number;
}

const digits = 15;
const closedName = /^(\d{15})-(\d{1,12})\.spool$/;
const openName = /^(\d{15})\.open$/;

export const nameWhileOpen = (number: number): string => `${String(number).padStart(digits, '0')}.open`;
export const nameOf = (number: number, records: number): string =>
  `${String(number).padStart(digits, '0')}-${records}.spool`;

/** Segments of a folder in their order. */
export function listSegments(folder: string): readonly Segment[] {
  return readdirSync(folder)
    .toSorted()
    .flatMap((name) => {
      const [, number, records] = closedName.exec(name) ?? [];
      if (number === undefined) return [];
      const { size } = statSync(join(folder, name));
      return [{ name, number: Number(number), records: Number(records), bytes: size }];
    });
}

/** Closes what a host that died has left open: cuts off the block it was writing. Gives the bytes that were cut. */
export function recoverSegments(folder: string): number {
  let torn = 0;
  for (const name of readdirSync(folder).toSorted()) {
    const number = openName.exec(name)?.[1];
    if (number === undefined) continue;
    const path = join(folder, name);
    const { bytes, blocks, wholeBytes } = { bytes: statSync(path).size, ...readBlocks(readFileSync(path)) };
    torn += bytes - wholeBytes;
    if (blocks.length === 0) {
      rmSync(path);
      continue;
    }
    truncateSync(path, wholeBytes);
    const records = blocks.reduce((sum, block) => sum + block.records, 0);
    renameSync(path, join(folder, nameOf(Number(number), records)));
  }
  return torn;
}

/** Bytes of what was set aside. */
export function bytesIn(folder: string): number {
  return readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
}
