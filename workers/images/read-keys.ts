import { z } from 'zod';
import { readTextFile } from '../../activities/images/signed-files.js';
import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type { SigningKey } from '../../domain/signing/envelope.js';
import { readPublicKey } from '../../trust/keys.js';

const instant = z.iso.datetime({ offset: true });
const keyShape = z.object({
  id: z.string(),
  publicKey: z.string(),
  notBefore: instant,
  notAfter: instant.nullable(),
  revokedAt: instant.nullable(),
});
const keysShape = z.union([keyShape.transform((key) => [key]), z.array(keyShape)]);

/**
 * Public keys of a file: one as PEM, which counts always, or with its times as JSON. Error: `REPORT_INVALID`; the text
 * itself is never repeated.
 */
export async function readKeys(file: string): Promise<readonly SigningKey[]> {
  const text = await readTextFile(file);
  if (text.includes('PRIVATE KEY'))
    throw new RatchetError('REPORT_INVALID', `${file} holds a private key; allowed is the public one`);
  const pem = readPublicKey(text);
  if (pem !== undefined)
    return [
      { id: pem.id, publicKey: text, notBefore: new Date(0).toISOString(), notAfter: null, revokedAt: null },
    ];
  const keys = keysShape.safeParse(jsonOf(text));
  if (keys.success && keys.data.length > 0) return keys.data;
  throw new RatchetError(
    'REPORT_INVALID',
    `${file} holds no public key; allowed are P-256 as PEM, and keys with their times as JSON`,
  );
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
