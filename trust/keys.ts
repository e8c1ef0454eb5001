import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
} from 'node:crypto';
import { RatchetError } from '../domain/errors/ratchet-error.js';

/** Name of P-256 in Node. */
const curve = 'prime256v1';

/** A key pair as text, and the name it goes by. */
export interface KeyPair {
  /** First 16 hex digits of the SHA-256 of the public key's SPKI bytes. */
  readonly id: string;
  /** PKCS #8, PEM. */
  readonly privateKey: string;
  /** SPKI, PEM. */
  readonly publicKey: string;
}

/** A new P-256 key pair. */
export function generateKeyPair(): KeyPair {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: curve });
  return keyPairOf(privateKey.export({ type: 'pkcs8', format: 'pem' }).toString());
}

/** The pair of a private key in PEM. Error: `SETTING_INVALID` where it is none, or of another curve than P-256. */
export function keyPairOf(privateKey: string): KeyPair {
  const publicKey = createPublicKey(readPrivateKey(privateKey));
  return {
    id: idOf(publicKey),
    privateKey,
    publicKey: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
  };
}

/** Error: `SETTING_INVALID`; the text itself is never repeated. */
export function readPrivateKey(pem: string): KeyObject {
  const key = attempt(() => createPrivateKey(pem));
  if (key !== undefined && isP256(key)) return key;
  throw new RatchetError('SETTING_INVALID', 'the signing key is not a P-256 private key in PEM (PKCS #8)');
}

/** A public key in PEM with the id that it has; undefined where the text is no P-256 key. */
export function readPublicKey(pem: string): { readonly id: string; readonly key: KeyObject } | undefined {
  if (pem.includes('PRIVATE KEY')) return undefined;
  const key = attempt(() => createPublicKey(pem));
  return key !== undefined && isP256(key) ? { id: idOf(key), key } : undefined;
}

const isP256 = (key: KeyObject) =>
  key.asymmetricKeyType === 'ec' && key.asymmetricKeyDetails?.namedCurve === curve;

function idOf(publicKey: KeyObject): string {
  const spki = publicKey.export({ type: 'spki', format: 'der' });
  return createHash('sha256').update(spki).digest('hex').slice(0, 16);
}

/** Node throws for whatever it cannot read; which part of the text displeased it is nobody's business. */
function attempt(read: () => KeyObject): KeyObject | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
