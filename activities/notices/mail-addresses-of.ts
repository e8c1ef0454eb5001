import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type { AccountRecord, AccountStore } from '../../domain/ports/accounts.js';

/** A mail address of each account: the one it signs in by, else the first by which Git knows the member. */
export async function mailAddressesOf(
  accounts: AccountStore,
  project: string,
  names: readonly string[],
): Promise<readonly string[]> {
  if (names.length === 0) return [];
  const members = await accounts.members(project);
  const found = await Promise.all(
    names.map(async (name) => {
      const account = await accountOf(accounts, name);
      // Who was switched off may have left.
      if (account !== undefined && account.disabledAt !== null) return undefined;
      return account?.email ?? members.find((member) => member.account === name)?.emails[0];
    }),
  );
  return found.filter((address) => address !== undefined);
}

/** A member may have no account yet. */
async function accountOf(accounts: AccountStore, name: string): Promise<AccountRecord | undefined> {
  try {
    return await accounts.get(name);
  } catch (error) {
    if (error instanceof RatchetError && error.code === 'ACCOUNT_NOT_FOUND') return undefined;
    throw error;
  }
}
