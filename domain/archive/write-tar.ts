import {
  type ArchiveFile,
  blockBytes,
  extendedHeader,
  isPlainName,
  mostNameBytes,
  regularFile,
} from './archive-file.js';

const encoder = new TextEncoder();
const zero = new Uint8Array(blockBytes);

/**
 * A tar archive of files. Equal files give equal bytes: sorted by name, without times, users and rights.
 * Error: a name that is not plain is a defect of the caller and throws.
 */
export function writeTar(files: readonly ArchiveFile[]): Uint8Array {
  const sorted = [...files].sort((a, b) => (a.name < b.name ? -1 : 1));
  const blocks = sorted.flatMap(({ name, content }) => {
    if (!isPlainName(name)) throw new Error(`no plain name for an archive: ${JSON.stringify(name)}`);
    if (encoder.encode(name).length <= mostNameBytes) return entry(name, regularFile, content);
    // Cut off in the middle of a character, it would be no name.
    return [...longName(name), ...entry('long-name', regularFile, content)];
  });
  return joined([...blocks, zero, zero]);
}

function longName(name: string): readonly Uint8Array[] {
  const rest = ` path=${name}\n`;
  const restBytes = encoder.encode(rest).length;
  // The length counts its own digits.
  const digits = [1, 2, 3, 4, 5].find((d) => String(restBytes + d).length === d) ?? 5;
  return entry('long-name', extendedHeader, encoder.encode(`${restBytes + digits}${rest}`));
}

function entry(name: string, type: string, content: Uint8Array): readonly Uint8Array[] {
  const padding = (blockBytes - (content.length % blockBytes)) % blockBytes;
  return [header(name, type, content.length), content, zero.subarray(0, padding)];
}

function header(name: string, type: string, bytes: number): Uint8Array {
  const block = new Uint8Array(blockBytes);
  const put = (at: number, text: string) => block.set(encoder.encode(text), at);
  put(0, name);
  put(100, '0000644\0');
  put(108, '0000000\0');
  put(116, '0000000\0');
  put(124, `${bytes.toString(8).padStart(11, '0')}\0`);
  put(136, '00000000000\0');
  put(148, '        ');
  put(156, type);
  put(257, 'ustar\x0000');
  const sum = block.reduce((total, byte) => total + byte, 0);
  put(148, `${sum.toString(8).padStart(6, '0')}\0 `);
  return block;
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
