import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';

const blockBytes = 1024 * 1024;

/** No line of numbers is longer; what is, is passed over. */
const longestLine = 64 * 1024;

/** Lines that came, and where to read on. */
export interface GrownLines {
  readonly lines: readonly string[];
  readonly next: Position;
}

/** How far a growing file was read. */
export interface Position {
  readonly offsetBytes: number;
  /** The beginning of a line whose end is not there yet. */
  readonly rest: string;
  /** The line that goes on is too long: its rest is passed over as well. */
  readonly skipping: boolean;
}

export const beginning: Position = { offsetBytes: 0, rest: '', skipping: false };

/** The next whole lines of a file that a foreign program writes. None where there is no more, or no readable file. */
export async function readGrownLines(path: string, from: Position): Promise<GrownLines | undefined> {
  const block = await readBlock(path, from.offsetBytes);
  if (block.length === 0) return undefined;
  const parts = block.toString('utf8').split('\n');
  const first = from.skipping ? '' : from.rest + (parts[0] ?? '');
  const all = [first, ...parts.slice(1)];
  const rest = all.pop() ?? '';
  const skipping = rest.length > longestLine || (from.skipping && parts.length === 1);
  return {
    lines: all.filter((line) => line.length <= longestLine),
    next: { offsetBytes: from.offsetBytes + block.length, rest: skipping ? '' : rest, skipping },
  };
}

/** Links are not followed, and nothing but a regular file is read: a pipe would wait for ever. */
async function readBlock(path: string, offsetBytes: number): Promise<Buffer> {
  const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
  const file = await open(path, flags).catch(unreadable);
  if (file === undefined) return Buffer.alloc(0);
  try {
    if (!(await file.stat()).isFile()) return Buffer.alloc(0);
    const { bytesRead, buffer } = await file.read(Buffer.alloc(blockBytes), 0, blockBytes, offsetBytes);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/** Not there yet, a link, a socket, closed to us: what the program made of the name is its own affair. */
function unreadable(error: NodeJS.ErrnoException): FileHandle | undefined {
  if (['ENOENT', 'ELOOP', 'ENXIO', 'EACCES', 'ENOTDIR'].includes(error.code ?? '')) return undefined;
  throw error;
}
