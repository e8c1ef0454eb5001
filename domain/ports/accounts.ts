import type { Action, Role } from '../access/roles.js';

export const accountKinds = ['person', 'machine'] as const;
export type AccountKind = (typeof accountKinds)[number];

/** How a caller proved who they are: a token from a set-up code, one after OpenID Connect, one that was issued, the stack's own. */
export const signInMethods = ['set-up-code', 'oidc', 'issued', 'stack'] as const;
export type SignInMethod = (typeof signInMethods)[number];

export interface AccountRecord {
  /** Name, as in `members` of a project. */
  readonly name: string;
  readonly kind: AccountKind;
  /** Address by which OpenID Connect knows the person; null for machines and local accounts. */
  readonly email: string | null;
  readonly admin: boolean;
  readonly disabledAt: string | null;
  readonly createdAt: string;
}

/** A token without its secret, which is kept nowhere. */
export interface TokenRecord {
  readonly id: string;
  readonly account: string;
  /** What it is for, in a word of its holder. */
  readonly label: string;
  readonly method: SignInMethod;
  readonly scopes: readonly Action[] | null;
  readonly onlyProject: string | null;
  readonly expiresAt: string;
  readonly lastUsedAt: string | null;
  readonly revokedAt: string | null;
  readonly createdAt: string;
}

export interface MemberRecord {
  readonly project: string;
  readonly account: string;
  readonly roles: readonly Role[];
  /** Addresses by which Git knows them, lower case. */
  readonly emails: readonly string[];
  /** Commit of ratchet.project.yaml that says so. */
  readonly commit: string;
}

/** Accounts, tokens, and what people are in projects. Secrets come and go as SHA-256 alone. */
export interface AccountStore {
  /** Error: `CONFLICT` where the name or the address is taken. */
  create(account: Pick<AccountRecord, 'name' | 'kind' | 'email' | 'admin'>): Promise<AccountRecord>;
  /** Error: `ACCOUNT_NOT_FOUND`. */
  get(name: string): Promise<AccountRecord>;
  byEmail(email: string): Promise<AccountRecord | undefined>;
  list(): Promise<readonly AccountRecord[]>;
  /** Its tokens and codes are worth nothing from then on. */
  disable(name: string): Promise<void>;

  putCode(code: {
    readonly account: string;
    readonly sha256: string;
    readonly expiresAt: string;
  }): Promise<void>;
  /** The account of a code that is neither used nor over, which is used from then on. */
  useCode(sha256: string): Promise<AccountRecord | undefined>;

  addToken(
    token: Omit<TokenRecord, 'lastUsedAt' | 'revokedAt' | 'createdAt'> & { readonly sha256: string },
  ): Promise<TokenRecord>;
  /** The token and its account where both are good at this moment; its last use is noted to the minute. */
  tokenBySha256(
    sha256: string,
  ): Promise<{ readonly token: TokenRecord; readonly account: AccountRecord } | undefined>;
  tokens(account: string): Promise<readonly TokenRecord[]>;
  /** Error: `TOKEN_NOT_FOUND`. */
  revokeToken(account: string, id: string): Promise<void>;

  /** All members of a project, in place of those it had. */
  putMembers(
    project: string,
    commit: string,
    members: readonly Omit<MemberRecord, 'project' | 'commit'>[],
  ): Promise<void>;
  members(project: string): Promise<readonly MemberRecord[]>;
  memberships(account: string): Promise<readonly MemberRecord[]>;
}
