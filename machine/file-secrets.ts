import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { RatchetError } from '../domain/errors/ratchet-error.js';
import type { Secrets } from '../domain/ports/secrets.js';

const secretName = /^[a-z][a-z0-9-]{0,62}$/;
const maxBytes = 64 * 1024;

/**
 * Secrets as files: `<folder>/<name>` holds the value, of which one newline at the end is taken off. A file that
 * every user of the machine may read is refused.
 *
 * Errors: `NAME_INVALID`, `SECRET_MISSING`, `SECRET_EXPOSED`.
 */
export function createFileSecrets(folder: string): Secrets {
  return {
    async read(name) {
      if (!secretName.test(name)) {
        const came = JSON.stringify(name.slice(0, 63));
        const text = `${came} is not the name of a secret; a name has lower case letters, digits and dashes, and begins with a letter`;
        throw new RatchetError('NAME_INVALID', text);
      }
      return await readSecret(name, join(folder, name));
    },
  };
}

async function readSecret(name: string, path: string): Promise<string> {
  const missing = (why: string) =>
    new RatchetError(
      'SECRET_MISSING',
      `the secret "${name}" ${why}; put its value into the file ${path}, mode 600`,
      {
        name,
        path,
      },
    );
  const file = await open(path, 'r').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') throw missing('has no value here');
    if (error.code === 'EACCES') throw missing('cannot be read by the user of this process');
    throw error;
  });
  try {
    const status = await file.stat();
    if (!status.isFile()) throw missing('is not a file');
    if (status.size > maxBytes) throw missing(`has more than ${maxBytes} bytes`);
    if ((status.mode & 0o007) !== 0) {
      const text = `the secret "${name}" may be read by every user of this machine; mend it with: chmod 600 '${path}'`;
      throw new RatchetError('SECRET_EXPOSED', text, { name, path });
    }
    const value = (await file.readFile('utf8')).replace(/\r?\n$/, '');
    if (value === '') throw missing('is empty');
    return value;
  } finally {
    await file.close();
  }
}
