import { and, asc, eq, gt, isNull, sql } from 'drizzle-orm';
import { RatchetError } from '../domain/errors/ratchet-error.js';
import type { AccountStore, TokenRecord } from '../domain/ports/accounts.js';
import { toAccount, unknownAccount } from './account-rows.js';
import type { Database } from './client.js';
import { explained } from './constraints.js';
import { onlyRow } from './only-row.js';
import { accounts, tokens } from './schema/accounts.js';

type Tokens = Pick<AccountStore, 'addToken' | 'tokenBySha256' | 'tokens' | 'revokeToken'>;

const minuteMs = 60_000;

/** Tokens of accounts. What is hashed is handed in; the hash leads to a row and never leaves the table. */
export function createTokens(database: Database): Tokens {
  return {
    async addToken({ expiresAt, ...token }) {
      const insert = database.write((session) =>
        session
          .insert(tokens)
          .values({ ...token, expiresAt: new Date(expiresAt) })
          .returning(),
      );
      const rows = await explained(insert, { tokens_account: () => unknownAccount(token.account) });
      return toToken(onlyRow(rows));
    },
    async tokenBySha256(sha256) {
      const [found] = await database.query((session) =>
        session
          .select({ token: tokens, account: accounts })
          .from(tokens)
          .innerJoin(accounts, eq(accounts.name, tokens.account))
          .where(
            and(
              eq(tokens.sha256, sha256),
              isNull(tokens.revokedAt),
              gt(tokens.expiresAt, sql`now()`),
              isNull(accounts.disabledAt),
            ),
          ),
      );
      if (!found) return undefined;
      await noteUse(database, found.token);
      return { token: toToken(found.token), account: toAccount(found.account) };
    },
    async tokens(account) {
      const rows = await database.query((session) =>
        session
          .select()
          .from(tokens)
          .where(eq(tokens.account, account))
          .orderBy(asc(tokens.createdAt), asc(tokens.id)),
      );
      return rows.map(toToken);
    },
    async revokeToken(account, id) {
      const own = and(eq(tokens.account, account), eq(tokens.id, id));
      const rows = await database.write((session) =>
        session
          .update(tokens)
          .set({ revokedAt: sql`coalesce(${tokens.revokedAt}, now())` })
          .where(own)
          .returning({ id: tokens.id }),
      );
      if (rows.length > 0) return;
      throw new RatchetError('TOKEN_NOT_FOUND', `account "${account}" has no token "${id}"`, { account, id });
    },
  };
}

/** Once a minute: a token that is used a thousand times a second costs one write. */
async function noteUse(database: Database, { id, lastUsedAt }: typeof tokens.$inferSelect): Promise<void> {
  if (lastUsedAt !== null && Date.now() - lastUsedAt.getTime() < minuteMs) return;
  await database.write((session) =>
    session.update(tokens).set({ lastUsedAt: sql`date_trunc('minute', now())` }).where(eq(tokens.id, id)),
  );
}

function toToken(row: typeof tokens.$inferSelect): TokenRecord {
  const { sha256: _, expiresAt, lastUsedAt, revokedAt, createdAt, ...token } = row;
  return {
    ...token,
    expiresAt: expiresAt.toISOString(),
    lastUsedAt: lastUsedAt?.toISOString() ?? null,
    revokedAt: revokedAt?.toISOString() ?? null,
    createdAt: createdAt.toISOString(),
  };
}
