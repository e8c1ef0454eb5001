import { createReadStream } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { extract, type Header } from 'tar-stream';
import { RatchetError } from '../../domain/errors/ratchet-error.js';

/** Most that a serving application may be. */
const mostFiles = 50_000;
const mostBytes = 1024 ** 3;

/**
 * Unpacks the bundle of an application into an empty folder. Error: `APPLICATION_INVALID` for anything but files and
 * folders of plain names, each once, and for more of them than an application has.
 */
export async function unpackBundle(bundle: string, folder: string): Promise<void> {
  const entries = extract();
  const source = createReadStream(bundle);
  source.on('error', (error) => entries.destroy(error));
  source.pipe(entries);
  const seen = new Set<string>();
  let bytes = 0;
  try {
    for await (const entry of entries) {
      const name = allowedName(entry.header);
      bytes += entry.header.size ?? 0;
      if (seen.has(name)) throw invalid(`it has "${name}" twice`);
      seen.add(name);
      if (seen.size > mostFiles || bytes > mostBytes) {
        throw invalid(`it is larger than ${mostFiles} files or ${mostBytes} bytes`);
      }
      const path = join(folder, name);
      await mkdir(entry.header.type === 'directory' ? path : dirname(path), { recursive: true });
      if (entry.header.type === 'directory') entry.resume();
      else await writeFile(path, entry as AsyncIterable<Buffer>, { flag: 'wx', mode: 0o644 });
    }
  } catch (cause) {
    if (cause instanceof RatchetError) throw cause;
    throw new RatchetError('APPLICATION_INVALID', 'the bundle is not a whole archive', {}, { cause });
  } finally {
    source.destroy();
    entries.destroy();
  }
}

function allowedName({ name, type }: Header): string {
  const plain = name.replace(/^\.\//, '').replace(/\/$/, '');
  const parts = plain.split('/');
  const isPlain = parts.every((part) => part !== '' && part !== '.' && part !== '..');
  if (!isPlain || /[\p{Cc}\\]/u.test(plain)) throw invalid(`it has the name ${JSON.stringify(name)}`);
  if (type === 'file' || type === 'directory') return plain;
  throw invalid(`"${plain}" is a ${type}; allowed are files and folders`);
}

const invalid = (reason: string) =>
  new RatchetError('APPLICATION_INVALID', `the bundle of the application is refused: ${reason}`);
