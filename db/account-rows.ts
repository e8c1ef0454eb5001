import { RatchetError } from '../domain/errors/ratchet-error.js';
import type { AccountRecord } from '../domain/ports/accounts.js';
import type { accounts } from './schema/accounts.js';

export function unknownAccount(account: string): RatchetError {
  return new RatchetError('ACCOUNT_NOT_FOUND', `there is no account "${account}"`, { account });
}

export function toAccount(row: typeof accounts.$inferSelect): AccountRecord {
  const { disabledAt, createdAt } = row;
  return { ...row, disabledAt: disabledAt?.toISOString() ?? null, createdAt: createdAt.toISOString() };
}
