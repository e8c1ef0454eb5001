import { sign } from 'node:crypto';
import { canonicalText } from '../domain/canonical-text.js';
import type { Signer } from '../domain/ports/signing.js';
import { keyPairOf, readPrivateKey } from './keys.js';
import { preAuthEncoding } from './pae.js';

/** Signs with a key of this process: ECDSA over P-256 with SHA-256, DER. Error: `SETTING_INVALID` for another key. */
export function createLocalSigner(privateKey: string): Signer {
  const key = readPrivateKey(privateKey);
  const { id } = keyPairOf(privateKey);
  return {
    sign: async (payloadType, value) => {
      const payload = Buffer.from(canonicalText(value), 'utf8');
      const sig = sign('sha256', preAuthEncoding(payloadType, payload), key);
      return {
        payloadType,
        payload: payload.toString('base64'),
        signatures: [{ keyid: id, sig: sig.toString('base64') }],
      };
    },
  };
}
