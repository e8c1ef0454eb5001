import type { Role } from '../access/roles.js';
import type { AccountKind, AccountRecord, MemberRecord } from '../ports/accounts.js';
import type { VoteStatement } from '../signing/vote-statement.js';

/** A vote whose signature holds. What it says is what was signed; what its row says beside that counts for nothing. */
export interface VerifiedVote {
  readonly id: string;
  readonly statement: VoteStatement;
  /** By the database's clock. */
  readonly castAt: string;
}

/** An account as a voter: what it is now. */
export interface Voter {
  readonly account: string;
  readonly kind: AccountKind;
  readonly admin: boolean;
  readonly disabled: boolean;
  /** In the project of the approval; empty for who is no member of it. */
  readonly roles: readonly Role[];
}

/** Every account as a voter of one project. A member without an account cannot have voted. */
export function votersOf(
  accounts: readonly Pick<AccountRecord, 'name' | 'kind' | 'admin' | 'disabledAt'>[],
  members: readonly Pick<MemberRecord, 'account' | 'roles'>[],
): readonly Voter[] {
  return accounts.map(({ name, kind, admin, disabledAt }) => ({
    account: name,
    kind,
    admin,
    disabled: disabledAt !== null,
    roles: members.filter(({ account }) => account === name).flatMap(({ roles }) => roles),
  }));
}
