import { readFile } from 'node:fs/promises';
import { type ArchiveFile, isPlainName } from '../../../domain/archive/archive-file.js';
import { messageOf, RatchetError } from '../../../domain/errors/ratchet-error.js';
import { collectOutputs, type OutputLimits } from '../../adapters/launcher/outputs.js';

const limits: OutputLimits = { maxBytes: 16 * 1024 ** 2, maxFiles: 5000 };
const mostBytes = 64 * 1024 ** 2;

/**
 * The files of an application as they stand in Git. Error: `APPLICATION_INVALID` where there are too many, too large ones,
 * or links that lead out.
 */
export async function readSourceFiles(folder: string): Promise<readonly ArchiveFile[]> {
  const found = await collectOutputs(folder, limits).catch((error: unknown) => {
    throw invalid(`cannot be read: ${messageOf(error)}`);
  });
  const own = found.filter(({ name }) => !isLeftOut(name));
  const bytes = own.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  if (bytes > mostBytes) throw invalid(`has ${bytes} bytes, at most ${mostBytes} are allowed`);
  const odd = own.find(({ name }) => !isPlainName(name));
  if (odd !== undefined) throw invalid(`has a file with the name ${JSON.stringify(odd.name.slice(0, 200))}`);
  return Promise.all(own.map(async ({ name, path }) => ({ name, content: await readFile(path) })));
}

/** Packages come from the lock file alone. */
const isLeftOut = (name: string) => /(^|\/)(node_modules|\.git)(\/|$)/.test(name);

const invalid = (why: string) =>
  new RatchetError('APPLICATION_INVALID', `the folder of the application ${why}`);
