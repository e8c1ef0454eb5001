import { closeSync, constants, openSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** The kernel keeps 108 bytes for the path of a socket, with the zero at its end. */
const longestBytes = 107;

/** A path that can be bound or reached, until it is released. */
export interface UnixAddress {
  readonly path: string;
  release(): void;
}

/** The address of a unix socket, however long its path is: a long one goes by a handle on its folder. */
export function unixAddress(path: string): UnixAddress {
  if (Buffer.byteLength(path) <= longestBytes) return { path, release: () => undefined };
  const folder = openSync(dirname(path), constants.O_RDONLY | constants.O_DIRECTORY);
  return { path: join(`/proc/self/fd/${folder}`, basename(path)), release: () => closeSync(folder) };
}
