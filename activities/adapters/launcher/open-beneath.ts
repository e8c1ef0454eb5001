import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';

const { O_RDONLY, O_DIRECTORY, O_NOFOLLOW, O_NONBLOCK } = constants;

/**
 * Opens `parts` below `folder` one by one, never through a link, whatever is swapped in between. A pipe does not make it
 * wait. Errors: those of `open` (`ELOOP` or `ENOTDIR` for a link).
 */
export async function openBeneath(folder: string, parts: readonly string[]): Promise<FileHandle> {
  let current = await open(folder, O_RDONLY | O_DIRECTORY);
  for (const [index, part] of parts.entries()) {
    const isLast = index === parts.length - 1;
    const flags = O_RDONLY | O_NOFOLLOW | (isLast ? O_NONBLOCK : O_DIRECTORY);
    const parent = current;
    try {
      current = await open(`${pathOf(parent)}/${part}`, flags);
    } finally {
      await parent.close();
    }
  }
  return current;
}

/** A path that stays with the open file; only good while the handle is open. */
export function pathOf(handle: FileHandle): string {
  return `/proc/self/fd/${handle.fd}`;
}
