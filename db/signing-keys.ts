import { createHash, createPublicKey, type KeyObject } from 'node:crypto';
import { asc, eq, sql } from 'drizzle-orm';
import { RatchetError } from '../domain/errors/ratchet-error.js';
import type { SigningKeys } from '../domain/ports/signing.js';
import type { SigningKey } from '../domain/signing/envelope.js';
import type { Database, ReadSession } from './client.js';
import { signingKeys } from './schema/signing-keys.js';

export function createSigningKeys(database: Database): SigningKeys {
  return { list: () => database.query(readSigningKeys) };
}

export async function readSigningKeys(session: ReadSession): Promise<readonly SigningKey[]> {
  const rows = await session
    .select()
    .from(signingKeys)
    .orderBy(asc(signingKeys.notBefore), asc(signingKeys.id));
  return rows.map(({ notBefore, notAfter, revokedAt, ...key }) => ({
    ...key,
    notBefore: notBefore.toISOString(),
    notAfter: notAfter?.toISOString() ?? null,
    revokedAt: revokedAt?.toISOString() ?? null,
  }));
}

/** What the owner of the database does with keys; a connection of the application is refused by the server. */
export interface SigningKeyOwner {
  /** The same key again changes nothing. Error: `SETTING_INVALID` for what is no P-256 public key in PEM. */
  register(publicKey: string, notBefore: string): Promise<SigningKey['id']>;
  /** Signatures made from this moment on do not count. Error: `NOT_FOUND`. */
  end(id: string): Promise<void>;
  /** From this moment on no signature of the key counts, whenever it was made. Error: `NOT_FOUND`. */
  revoke(id: string): Promise<void>;
}

export function createSigningKeyOwner(owner: Database): SigningKeyOwner {
  const stamp = async (id: string, column: 'notAfter' | 'revokedAt') => {
    const rows = await owner.write((session) =>
      session
        .update(signingKeys)
        .set({ [column]: sql`coalesce(${signingKeys[column]}, now())` })
        .where(eq(signingKeys.id, id))
        .returning({ id: signingKeys.id }),
    );
    if (rows.length === 0)
      throw new RatchetError('NOT_FOUND', `there is no signing key "${id}"`, { key: id });
  };
  return {
    async register(publicKey, notBefore) {
      const id = signingKeyId(publicKey);
      await owner.write((session) =>
        session
          .insert(signingKeys)
          .values({ id, publicKey, notBefore: new Date(notBefore) })
          .onConflictDoNothing(),
      );
      return id;
    },
    end: (id) => stamp(id, 'notAfter'),
    revoke: (id) => stamp(id, 'revokedAt'),
  };
}

function signingKeyId(pem: string): string {
  const wrong = new RatchetError('SETTING_INVALID', 'the signing key is no P-256 public key in PEM (SPKI)');
  if (!pem.startsWith('-----BEGIN PUBLIC KEY-----')) throw wrong;
  let key: KeyObject;
  try {
    key = createPublicKey(pem);
  } catch {
    throw wrong;
  }
  if (key.asymmetricKeyDetails?.namedCurve !== 'prime256v1') throw wrong;
  return createHash('sha256')
    .update(key.export({ type: 'spki', format: 'der' }))
    .digest('hex')
    .slice(0, 16);
}
