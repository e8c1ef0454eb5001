import { and, asc, eq, gt, isNull, sql } from 'drizzle-orm';
import { RatchetError } from '../domain/errors/ratchet-error.js';
import type { AccountRecord, AccountStore } from '../domain/ports/accounts.js';
import { toAccount, unknownAccount } from './account-rows.js';
import type { Database, ReadSession, Session } from './client.js';
import { explained } from './constraints.js';
import { createMembers } from './members.js';
import { onlyRow } from './only-row.js';
import { accounts, signInCodes } from './schema/accounts.js';
import { createTokens } from './tokens.js';

type Accounts = Pick<AccountStore, 'create' | 'get' | 'byEmail' | 'list' | 'disable' | 'putCode' | 'useCode'>;

export function createAccountStore(database: Database): AccountStore {
  return { ...createAccounts(database), ...createTokens(database), ...createMembers(database) };
}

function createAccounts(database: Database): Accounts {
  return {
    async create({ name, kind, email, admin }) {
      const address = email === null ? null : email.toLowerCase();
      const insert = database.write((session) =>
        session.insert(accounts).values({ name, kind, email: address, admin }).returning(),
      );
      const taken = (what: string) => () =>
        new RatchetError('CONFLICT', `another account has the ${what}`, { account: name });
      const rows = await explained(insert, {
        accounts_pkey: taken(`name "${name}"`),
        accounts_email_once: taken(`address ${address}`),
      });
      return toAccount(onlyRow(rows));
    },
    get: (name) => database.query((session) => readAccount(session, name)),
    async byEmail(email) {
      const [row] = await database.query((session) =>
        session.select().from(accounts).where(eq(accounts.email, email.toLowerCase())),
      );
      return row && toAccount(row);
    },
    async list() {
      const rows = await database.query((session) =>
        session.select().from(accounts).orderBy(asc(accounts.name)),
      );
      return rows.map(toAccount);
    },
    async disable(name) {
      const rows = await database.write((session) =>
        session
          .update(accounts)
          .set({ disabledAt: sql`now()` })
          .where(and(eq(accounts.name, name), isNull(accounts.disabledAt)))
          .returning({ name: accounts.name }),
      );
      if (rows.length === 0) await database.query((session) => readAccount(session, name));
    },
    async putCode({ account, sha256, expiresAt }) {
      const insert = database.write((session) =>
        session.insert(signInCodes).values({ account, sha256, expiresAt: new Date(expiresAt) }),
      );
      await explained(insert, { sign_in_codes_account: () => unknownAccount(account) });
    },
    useCode: (sha256) => database.transaction((session) => useCode(session, sha256)),
  };
}

/** One of many at once gets it: the others find it used. */
async function useCode(session: Session, sha256: string): Promise<AccountRecord | undefined> {
  const good = and(
    eq(signInCodes.sha256, sha256),
    isNull(signInCodes.usedAt),
    gt(signInCodes.expiresAt, sql`now()`),
    sql`exists (select from accounts a where a.name = ${signInCodes.account} and a.disabled_at is null)`,
  );
  const [used] = await session
    .update(signInCodes)
    .set({ usedAt: sql`now()` })
    .where(good)
    .returning({ account: signInCodes.account });
  return used && readAccount(session, used.account);
}

async function readAccount(session: ReadSession, name: string): Promise<AccountRecord> {
  const [row] = await session.select().from(accounts).where(eq(accounts.name, name));
  if (row) return toAccount(row);
  throw unknownAccount(name);
}
