import { crc32 } from 'node:zlib';
import { blockHeadBytes, recordHeadBytes, segmentHead, sideKinds } from './record-format.js';

export interface SpooledRecord {
  readonly kind: number;
  readonly bytes: Buffer;
}

/** Whole blocks of a segment. */
export interface ReadBlocks {
  readonly blocks: readonly { readonly body: Buffer; readonly records: number }[];
  /** Where the last whole block ends; less than there are where something behind it cannot be read. */
  readonly wholeBytes: number;
}

/** Blocks up to the first that is not whole: it was being written when its writer died, or was damaged later. */
export function readBlocks(segment: Buffer): ReadBlocks {
  const blocks: { body: Buffer; records: number }[] = [];
  let at = segmentHead.length;
  if (!segment.subarray(0, at).equals(segmentHead)) return { blocks, wholeBytes: 0 };
  while (at + blockHeadBytes <= segment.length) {
    const end = at + blockHeadBytes + segment.readUInt32LE(at);
    if (end > segment.length || end === at + blockHeadBytes) break;
    const body = segment.subarray(at + blockHeadBytes, end);
    if (crc32(body) !== segment.readUInt32LE(at + 4)) break;
    blocks.push({ body, records: countRecords(body) });
    at = end;
  }
  return { blocks, wholeBytes: at };
}

export function* recordsOf(body: Buffer): Generator<SpooledRecord> {
  let at = 0;
  while (at < body.length) {
    const end = at + recordHeadBytes + body.readUInt32LE(at + 1);
    yield { kind: body.readUInt8(at), bytes: body.subarray(at + recordHeadBytes, end) };
    at = end;
  }
}

function countRecords(body: Buffer): number {
  let count = 0;
  for (const { kind } of recordsOf(body)) if (!sideKinds.has(kind)) count += 1;
  return count;
}
