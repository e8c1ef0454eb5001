import { beforeEach, expect, it } from 'vitest';
import type { AccountStore } from '../../domain/ports/accounts.js';
import { codeOf } from './error-code.js';

/** A store, a known project without members, and a word that no other subject of the store has. */
interface AccountStoreSubject {
  readonly accounts: AccountStore;
  readonly project: string;
}

const later = () => new Date(Date.now() + 3_600_000).toISOString();
const before = () => new Date(Date.now() - 1000).toISOString();
let hashes = 0;
const newHash = () => {
  hashes += 1;
  return hashes.toString(16).padStart(64, '0');
};

export function accountStoreConformance(make: () => Promise<AccountStoreSubject>): void {
  let accounts: AccountStore;
  let project: string;
  let ann: string;
  beforeEach(async () => {
    ({ accounts, project } = await make());
    ann = `ann-of-${project}`;
  });
  const person = (name: string, email: string | null = null) =>
    accounts.create({ name, kind: 'person', email, admin: false });
  const token = async (account: string, expiresAt = later()) => {
    const sha256 = newHash();
    const id = `t-${sha256.slice(-8)}-${project}`;
    const rest = {
      label: 'laptop',
      method: 'issued',
      scopes: ['read', 'vote'],
      onlyProject: project,
    } as const;
    return { sha256, record: await accounts.addToken({ id, account, expiresAt, sha256, ...rest }) };
  };

  it('gives back an account by its name and its address, in any case', async () => {
    const made = await person(ann, `Ann@${project}.example`);
    expect(made).toEqual({
      name: ann,
      kind: 'person',
      email: `ann@${project}.example`,
      admin: false,
      disabledAt: null,
      createdAt: expect.any(String),
    });
    expect(await accounts.get(ann)).toEqual(made);
    expect(await accounts.byEmail(`ANN@${project}.example`)).toEqual(made);
    expect(await accounts.byEmail('nobody@example.com')).toBeUndefined();
    expect(await accounts.list()).toContainEqual(made);
  });

  it('gives a name and an address once, also to two at once', async () => {
    const both = await Promise.allSettled([person(ann), person(ann)]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    await person(`bob-of-${project}`, `b@${project}.example`);
    expect(await codeOf(person(`cy-of-${project}`, `B@${project}.example`))).toBe('CONFLICT');
  });

  it('says so where there is no such account', async () => {
    const nobody = 'nobody';
    expect(await codeOf(accounts.get(nobody))).toBe('ACCOUNT_NOT_FOUND');
    expect(await codeOf(accounts.disable(nobody))).toBe('ACCOUNT_NOT_FOUND');
    expect(await codeOf(token(nobody))).toBe('ACCOUNT_NOT_FOUND');
    const code = accounts.putCode({ account: nobody, sha256: newHash(), expiresAt: later() });
    expect(await codeOf(code)).toBe('ACCOUNT_NOT_FOUND');
  });

  it('lets a code be used once, in its time, also by many at once', async () => {
    await person(ann);
    const [good, late] = [newHash(), newHash()];
    await accounts.putCode({ account: ann, sha256: good, expiresAt: later() });
    await accounts.putCode({ account: ann, sha256: late, expiresAt: before() });
    const uses = await Promise.all([1, 2, 3].map(() => accounts.useCode(good)));
    expect(uses.filter((used) => used !== undefined)).toMatchObject([{ name: ann }]);
    expect(await accounts.useCode(good)).toBeUndefined();
    expect(await accounts.useCode(late)).toBeUndefined();
    expect(await accounts.useCode(newHash())).toBeUndefined();
  });

  it('finds a token by its hash alone, notes its use, and shows no hash', async () => {
    await person(ann);
    const { sha256, record } = await token(ann);
    expect(record).toMatchObject({ account: ann, scopes: ['read', 'vote'], lastUsedAt: null });
    const found = await accounts.tokenBySha256(sha256);
    expect(found).toMatchObject({ token: { id: record.id }, account: { name: ann } });
    const [shown] = await accounts.tokens(ann);
    expect(shown?.lastUsedAt).toMatch(/:00\.000Z$/);
    expect(JSON.stringify([found, shown, record])).not.toContain(sha256);
    expect(await accounts.tokenBySha256(newHash())).toBeUndefined();
  });

  it('finds no token that is over or revoked, nor one of an account that is disabled', async () => {
    await person(ann);
    const [over, revoked, good] = [await token(ann, before()), await token(ann), await token(ann)];
    await accounts.revokeToken(ann, revoked.record.id);
    await accounts.revokeToken(ann, revoked.record.id);
    expect(await accounts.tokenBySha256(over.sha256)).toBeUndefined();
    expect(await accounts.tokenBySha256(revoked.sha256)).toBeUndefined();
    expect(await accounts.tokenBySha256(good.sha256)).toBeDefined();
    const code = newHash();
    await accounts.putCode({ account: ann, sha256: code, expiresAt: later() });
    await accounts.disable(ann);
    await accounts.disable(ann);
    expect(await accounts.tokenBySha256(good.sha256)).toBeUndefined();
    expect(await accounts.useCode(code)).toBeUndefined();
    expect((await accounts.get(ann)).disabledAt).not.toBeNull();
  });

  it('revokes a token of its own account alone', async () => {
    await person(ann);
    const other = `bob-of-${project}`;
    await person(other);
    const { sha256, record } = await token(ann);
    expect(await codeOf(accounts.revokeToken(other, record.id))).toBe('TOKEN_NOT_FOUND');
    expect(await accounts.tokenBySha256(sha256)).toBeDefined();
  });

  it('puts members in place of those there were', async () => {
    const member = (account: string, roles: ('reviewer' | 'admin')[]) => {
      return { account, roles, emails: [`${account}@Example.com`] };
    };
    const [bob, cy] = [`bob-of-${project}`, `cy-of-${project}`];
    await accounts.putMembers(project, 'a'.repeat(40), [member(bob, ['reviewer']), member(ann, ['admin'])]);
    await accounts.putMembers(project, 'b'.repeat(40), [member(bob, ['admin']), member(cy, ['reviewer'])]);
    const members = await accounts.members(project);
    const row = { project, commit: 'b'.repeat(40) };
    expect(members).toEqual([
      { ...row, account: bob, roles: ['admin'], emails: [`${bob}@example.com`] },
      { ...row, account: cy, roles: ['reviewer'], emails: [`${cy}@example.com`] },
    ]);
    expect(await accounts.memberships(bob)).toEqual([members[0]]);
    expect(await accounts.memberships(ann)).toEqual([]);
    await accounts.putMembers(project, 'c'.repeat(40), []);
    expect(await accounts.members(project)).toEqual([]);
    expect(await codeOf(accounts.putMembers('nowhere', 'c'.repeat(40), []))).toBe('PROJECT_NOT_FOUND');
  });
}
