import { RatchetError } from '../../../domain/errors/ratchet-error.js';
import type { AccountRecord, AccountStore, TokenRecord } from '../../../domain/ports/accounts.js';
import { type MemoryState, now, requireProject } from './memory-state.js';

interface Code {
  readonly account: string;
  readonly expiresAt: string;
  readonly usedAt: string | null;
}

type Members = Pick<AccountStore, 'putMembers' | 'members' | 'memberships'>;
type Tokens = Pick<AccountStore, 'addToken' | 'tokenBySha256' | 'tokens' | 'revokeToken'>;

export function createMemoryAccounts(state: MemoryState): AccountStore {
  const codes = new Map<string, Code>();
  const accounts = () => [...state.accounts.values()];
  return {
    async create({ name, kind, email, admin }) {
      const address = email === null ? null : email.toLowerCase();
      const isTaken = accounts().some(
        (other) => other.name === name || (address !== null && other.email === address),
      );
      if (isTaken) throw new RatchetError('CONFLICT', `another account has the name or address of ${name}`);
      const record = { name, kind, email: address, admin, disabledAt: null, createdAt: now() };
      state.accounts.set(name, record);
      return record;
    },
    get: async (name) => requireAccount(state, name),
    byEmail: async (email) => accounts().find((one) => one.email === email.toLowerCase()),
    list: async () => accounts().sort((a, b) => (a.name < b.name ? -1 : 1)),
    async disable(name) {
      const record = requireAccount(state, name);
      state.accounts.set(name, { ...record, disabledAt: record.disabledAt ?? now() });
    },
    async putCode({ account, sha256, expiresAt }) {
      requireAccount(state, account);
      codes.set(sha256, { account, expiresAt, usedAt: null });
    },
    async useCode(sha256) {
      const code = codes.get(sha256);
      if (code === undefined || code.usedAt !== null || code.expiresAt <= now()) return undefined;
      const account = requireAccount(state, code.account);
      if (account.disabledAt !== null) return undefined;
      codes.set(sha256, { ...code, usedAt: now() });
      return account;
    },
    ...createTokens(state),
    ...createMemoryMembers(state),
  };
}

function createTokens(state: MemoryState): Tokens {
  /** By hash. */
  const tokens = new Map<string, TokenRecord>();
  const isGood = (token: TokenRecord) =>
    token.revokedAt === null &&
    token.expiresAt > now() &&
    requireAccount(state, token.account).disabledAt === null;
  return {
    async addToken({ sha256, ...token }) {
      requireAccount(state, token.account);
      const record = { ...token, lastUsedAt: null, revokedAt: null, createdAt: now() };
      tokens.set(sha256, record);
      return record;
    },
    async tokenBySha256(sha256) {
      const token = tokens.get(sha256);
      if (token === undefined || !isGood(token)) return undefined;
      tokens.set(sha256, { ...token, lastUsedAt: `${now().slice(0, 16)}:00.000Z` });
      return { token, account: requireAccount(state, token.account) };
    },
    tokens: async (account) => [...tokens.values()].filter((token) => token.account === account),
    async revokeToken(account, id) {
      const found = [...tokens].find(([, token]) => token.account === account && token.id === id);
      if (!found) throw new RatchetError('TOKEN_NOT_FOUND', `account "${account}" has no token "${id}"`);
      tokens.set(found[0], { ...found[1], revokedAt: found[1].revokedAt ?? now() });
    },
  };
}

export function createMemoryMembers(state: MemoryState): Members {
  return {
    async putMembers(project, commit, wanted) {
      requireProject(state, project);
      const others = state.members.filter((one) => one.project !== project);
      const own = wanted.map(({ account, roles, emails }) => {
        return { project, account, roles, emails: emails.map((email) => email.toLowerCase()), commit };
      });
      state.members.splice(0, state.members.length, ...others, ...own);
    },
    members: async (project) =>
      state.members.filter((one) => one.project === project).sort((a, b) => (a.account < b.account ? -1 : 1)),
    memberships: async (account) =>
      state.members.filter((one) => one.account === account).sort((a, b) => (a.project < b.project ? -1 : 1)),
  };
}

function requireAccount(state: MemoryState, name: string): AccountRecord {
  const found = state.accounts.get(name);
  if (found) return found;
  throw new RatchetError('ACCOUNT_NOT_FOUND', `there is no account "${name}"`);
}
