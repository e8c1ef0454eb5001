import { open } from 'node:fs/promises';
import { RatchetError } from '../../domain/errors/ratchet-error.js';

/** Bits of group and others. */
const foreignBits = 0o077;

/** The private key in a file. Error: `SETTING_INVALID` for one that others than its owner may read. */
export async function readKeyFile(path: string): Promise<string> {
  const file = await open(path, 'r');
  try {
    const { mode } = await file.stat();
    if ((mode & foreignBits) !== 0) {
      const octal = (mode & 0o777).toString(8).padStart(4, '0');
      throw new RatchetError(
        'SETTING_INVALID',
        `RATCHET_SIGNER_KEY_FILE: ${path} has mode ${octal}, and others than its owner may use it; allowed is 0600`,
      );
    }
    return await file.readFile('utf8');
  } finally {
    await file.close();
  }
}
