import { RatchetError } from '../../domain/errors/ratchet-error.js';
import { printableLine } from '../../domain/printable.js';

const longestName = 4096;
const deepest = 200;

/**
 * The one spelling of a name in an archive: parts with single slashes, nothing before or after. Empty for the root.
 * Error: `IMAGE_HOSTILE` where a name is absolute or leads out.
 */
export function entryName(name: string): string {
  if (name.startsWith('/')) throw hostile(name, 'is absolute');
  if (name.length > longestName) throw hostile(name, `has ${name.length} characters`);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: what ends a name for one reader does not for another.
  if (/\u0000/.test(name)) throw hostile(name, 'has a null character');
  const parts = name.split('/').filter((part) => part !== '' && part !== '.');
  if (parts.includes('..')) throw hostile(name, 'leads out of its folder');
  if (parts.length > deepest) throw hostile(name, `is ${parts.length} folders deep`);
  return parts.join('/');
}

/** `IMAGE_HOSTILE`, about one entry of an archive. */
export function hostile(name: string, reason: string): RatchetError {
  const shown = printableLine(name.slice(0, 200));
  return new RatchetError('IMAGE_HOSTILE', `the entry "${shown}" ${reason}, which is not allowed`, {
    entry: shown,
  });
}
