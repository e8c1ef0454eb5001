import { eq } from 'drizzle-orm';
import { RatchetError } from '../domain/errors/ratchet-error.js';
import type { Database } from './client.js';
import { onlyRow } from './only-row.js';
import { idempotencyKeys } from './schema/platform.js';

export interface IdempotencyKeys {
  /**
   * Binds a client's key to the thing its request makes (such as a run id), and returns the thing it was bound to
   * first: a request that is sent again is about the same thing. `requestDigest` is the SHA-256 of what was asked.
   * Error: `CONFLICT` where the key came with another request.
   */
  bind(key: string, requestDigest: string, subject: string): Promise<string>;
}

export function createIdempotencyKeys(database: Database): IdempotencyKeys {
  return {
    async bind(key, requestDigest, subject) {
      const row = await database.write(async (session) => {
        await session.insert(idempotencyKeys).values({ key, requestDigest, subject }).onConflictDoNothing();
        return onlyRow(await session.select().from(idempotencyKeys).where(eq(idempotencyKeys.key, key)));
      });
      if (row.requestDigest === requestDigest) return row.subject;
      throw new RatchetError('CONFLICT', 'the idempotency key came before with another request');
    },
  };
}
