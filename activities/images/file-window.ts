import type { FileHandle } from 'node:fs/promises';
import { RatchetError } from '../../domain/errors/ratchet-error.js';

/** Reads of one file that lie near one another, from one piece of it in memory. */
export interface FileWindow {
  /** A part of the file; good until the next is taken. Error: `REPORT_INVALID` where the file ends before. */
  take(offset: number, bytes: number): Promise<Buffer>;
}

const windowBytes = 4 * 1024 * 1024;
const mostBytes = 256 * 1024 * 1024;

export function createWindow(handle: FileHandle, size: number): FileWindow {
  let start = 0;
  let held: Buffer = Buffer.alloc(0);
  return {
    async take(offset, bytes) {
      if (offset < 0 || bytes > mostBytes || offset + bytes > size)
        throw new RatchetError(
          'REPORT_INVALID',
          `the file has ${size} bytes, and ${bytes} are said to lie at ${offset}`,
        );
      if (offset < start || offset + bytes > start + held.length) {
        const wanted = Buffer.alloc(Math.min(Math.max(windowBytes, bytes), size - offset));
        const { bytesRead } = await handle.read(wanted, 0, wanted.length, offset);
        if (bytesRead < bytes)
          throw new RatchetError('REPORT_INVALID', 'the file became shorter while it was read');
        start = offset;
        held = wanted.subarray(0, bytesRead);
      }
      return held.subarray(offset - start, offset - start + bytes);
    },
  };
}
