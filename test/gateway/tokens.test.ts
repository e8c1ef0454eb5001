import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isTokenText, newToken } from '../../gateway/access/token-text.js';
import { type GatewayRoom, openGatewayRoom } from './gateway-room.js';
import { membersOf, tokenOf } from './people.js';

let room: GatewayRoom;
let project: string;
let other: string;
/** Lisa is an ml-engineer of the first project and a reviewer of the second. */
let lisa: string;
beforeAll(async () => {
  room = await openGatewayRoom();
  [project, other] = [await room.newProject(), await room.newProject()];
  ({ lisa } = await membersOf(room, project, { lisa: ['ml-engineer'] }));
  await membersOf(room, other, { lisa: ['reviewer'] });
});
afterAll(() => room.close());

const whoami = async (token: string) => (await room.ask('get', '/api/v1/whoami', { token })).status;
const audited = async (action: string) =>
  (await room.deps.audit.list({ action })).map(({ actor, subject }) => [actor, subject]);

describe('a token', () => {
  it('has a prefix and a checksum, and no text that looks like one is looked up', async () => {
    const { text, id } = newToken();
    expect(text).toMatch(new RegExp(`^rtk_${id}_[0-9a-f]{64}_[0-9a-f]{8}$`));
    expect(isTokenText(text)).toBe(true);
    for (const at of [5, 25, text.length - 1]) {
      const changed = text.slice(0, at) + (text[at] === '0' ? '1' : '0') + text.slice(at + 1);
      expect(isTokenText(changed)).toBe(false);
    }
    expect(await whoami(text)).toBe(401);
  });

  it('is nowhere in the database', async () => {
    const [row] = await room.deps.accounts.tokens('lisa');
    expect(row).toBeDefined();
    expect(JSON.stringify(await room.deps.accounts.tokens('lisa'))).not.toContain(lisa.split('_')[2]);
  });

  it('shows when it was used last', async () => {
    await whoami(lisa);
    const { body } = await room.ask('get', '/api/v1/tokens', { token: lisa });
    expect(body.tokens[0].lastUsedAt).toMatch(/:00\.000Z$/);
  });

  it.each([
    ['that is over', async () => tokenOf(room, 'lisa', { expiresAt: '2026-01-01T00:00:00.000Z' })],
    [
      'that was revoked',
      async () => {
        const text = await tokenOf(room, 'lisa');
        const id = text.split('_')[1] ?? '';
        expect((await room.ask('post', `/api/v1/tokens/${id}/revoke`, { token: lisa })).status).toBe(200);
        return text;
      },
    ],
    [
      'of an account that is disabled',
      async () => {
        const text = await tokenOf(room, 'gone');
        expect(await whoami(text)).toBe(200);
        expect((await room.ask('post', '/api/v1/accounts/gone/disable')).status).toBe(200);
        return text;
      },
    ],
  ])('%s is nobody', async (_, make) => {
    expect(await whoami(await make())).toBe(401);
  });

  it('that was narrowed does what it was narrowed to, and no more', async () => {
    const rollback = { body: { reason: 'x' } };
    const reads = await tokenOf(room, 'lisa', { scopes: ['read'], onlyProject: project });
    expect((await room.ask('get', `/api/v1/projects/${project}`, { token: reads })).status).toBe(200);
    const promotes = await room.ask('post', `/api/v1/models/${project}/delay/rollback`, {
      ...rollback,
      token: reads,
    });
    expect([promotes.status, promotes.body.error.message]).toEqual([
      403,
      'the token may do read alone, and this is "promote"',
    ]);
    expect((await room.ask('get', `/api/v1/projects/${other}`, { token: reads })).status).toBe(404);
    const { body } = await room.ask('get', '/api/v1/projects', { token: reads });
    expect(body.projects.map(({ name }: { name: string }) => name)).toEqual([project]);
  });
});

describe('making tokens', () => {
  const create = (token: string | undefined, body: object) =>
    room.ask('post', '/api/v1/tokens', {
      ...(token === undefined ? {} : { token }),
      body: { label: 'x', ...body },
    });

  it('gives one that works, once, and says who made it', async () => {
    const { body } = await create(lisa, { scopes: ['read'], project, days: 1 });
    const { body: self } = await room.ask('get', '/api/v1/whoami', { token: body.token });
    expect(self).toMatchObject({ account: 'lisa', method: 'issued', scopes: ['read'], onlyProject: project });
    expect(await audited('token.created')).toContainEqual(['lisa', `lisa/${body.id}`]);
  });

  it.each([
    ['with one that was issued', async () => create(await tokenOf(room, 'lisa', { method: 'issued' }), {})],
    ['with one that was narrowed', async () => create(await tokenOf(room, 'lisa', { scopes: ['read'] }), {})],
    ['for another person, as an administrator', async () => create(undefined, { account: 'lisa' })],
    ['for a machine, as somebody', async () => create(lisa, { account: 'admin' })],
    ["for the stack's own account", async () => create(undefined, {})],
  ])('is refused %s', async (_, ask) => {
    const { status, body } = await ask();
    expect([status, body.error.code]).toEqual([403, 'FORBIDDEN']);
  });

  it('for a machine is for administrators', async () => {
    await room.ask('post', '/api/v1/accounts', { body: { name: 'robot', kind: 'machine' } });
    const { status, body } = await create(undefined, { account: 'robot' });
    expect([status, await whoami(body.token)]).toEqual([200, 200]);
  });

  it('that was issued ends itself and no other', async () => {
    const issued = await tokenOf(room, 'lisa', { method: 'issued' });
    const revoke = (text: string) =>
      room.ask('post', `/api/v1/tokens/${text.split('_')[1]}/revoke`, { token: issued });
    expect((await revoke(lisa)).status).toBe(403);
    expect((await revoke(issued)).status).toBe(200);
    expect(await whoami(issued)).toBe(401);
  });

  it('is listed for yourself; for others, to administrators', async () => {
    expect((await room.ask('get', '/api/v1/tokens?account=admin', { token: lisa })).status).toBe(403);
    expect((await room.ask('get', '/api/v1/tokens?account=lisa')).status).toBe(200);
  });
});

describe("the stack's own token", () => {
  it('is a machine that administers and has no vote', async () => {
    const { body } = await room.ask('get', '/api/v1/whoami');
    expect(body).toMatchObject({ account: 'admin', kind: 'machine', admin: true, method: 'stack' });
    const path = `/api/v1/approvals/${project}/delay@1/1/votes`;
    const vote = await room.ask('post', path, { body: { decision: 'approve', reason: 'x' } });
    expect([vote.status, vote.body.error.message]).toEqual([
      403,
      expect.stringMatching(/^admin administers, and may not vote/),
    ]);
    expect(await audited('vote.not-taken')).toContainEqual(['admin', path]);
  });

  it('is off with its account', async () => {
    const own = await openGatewayRoom();
    await own.deps.accounts.disable('admin');
    expect((await own.ask('get', '/api/v1/whoami')).status).toBe(401);
    await own.close();
  });
});
