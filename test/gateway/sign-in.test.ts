import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { refuseOpenBind } from '../../gateway/access/refuse-open-bind.js';
import { newCode } from '../../gateway/access/sign-in-code.js';
import { type GatewayRoom, openGatewayRoom } from './gateway-room.js';

let room: GatewayRoom;
beforeAll(async () => {
  room = await openGatewayRoom();
});
afterAll(() => room.close());

const signIn = (code: string) => room.ask('post', '/api/v1/sign-in', { token: null, body: { code } });
const addAccount = (body: object) => room.ask('post', '/api/v1/accounts', { body });

describe('a set-up code', () => {
  it('comes with the account of a person, and gives a token once', async () => {
    const { body } = await addAccount({ name: 'lisa' });
    expect(body.code).toMatch(/^setup(-[0-9a-f]{8}){4}$/);
    const many = await Promise.all([1, 2, 3, 4].map(() => signIn(body.code)));
    expect(many.map(({ status }) => status).toSorted()).toEqual([200, 401, 401, 401]);
    const token = many.find(({ status }) => status === 200)?.body.token;
    const { body: self } = await room.ask('get', '/api/v1/whoami', { token });
    expect(self).toMatchObject({
      account: 'lisa',
      kind: 'person',
      admin: false,
      method: 'set-up-code',
      roles: {},
    });
    expect((await room.deps.audit.list({ action: 'code.used' })).map(({ subject }) => subject)).toEqual([
      'lisa',
    ]);
  });

  it('that is over, wrong, of a disabled account or made to look like another is refused with one answer', async () => {
    const { body } = await addAccount({ name: 'omar' });
    const late = newCode('set-up-code');
    await room.deps.accounts.putCode({
      account: 'omar',
      sha256: late.sha256,
      expiresAt: '2026-01-01T00:00:00.000Z',
    });
    const asLogin = body.code.replace('setup', 'login');
    const answers = [late.text, newCode('set-up-code').text, asLogin, 'admin', 'password'].map(signIn);
    await room.ask('post', '/api/v1/accounts/omar/disable');
    const all = await Promise.all([...answers, signIn(body.code)]);
    for (const answer of all) expect([answer.status, answer.body]).toEqual([401, all[0]?.body]);
    expect(await room.deps.audit.list({ action: 'sign-in.refused' })).toHaveLength(3 + 6);
  });

  it('is for people, and not stored as it is', async () => {
    const { body } = await addAccount({ name: 'robot', kind: 'machine' });
    expect(body).toEqual({ account: 'robot', code: null, expiresAt: null });
    const again = await room.ask('post', '/api/v1/accounts/robot/set-up-code');
    expect([again.status, again.body.error.code]).toEqual([409, 'CONFLICT']);
  });

  it('is not given again to a name that is taken', async () => {
    for (const name of ['lisa', 'admin']) {
      const { status, body } = await addAccount({ name });
      expect([status, body.error.code]).toEqual([409, 'CONFLICT']);
    }
  });
});

describe('a gateway that others can reach', () => {
  it('is refused until authentication is on, and says what to do', async () => {
    const fresh = await openGatewayRoom();
    const { accounts } = fresh.deps;
    for (const host of ['0.0.0.0', '::', '10.0.0.7', 'gateway.example.org', '127.0.0.1.evil.example']) {
      await expect(refuseOpenBind(host, accounts, false)).rejects.toMatchObject({
        code: 'SETTING_INVALID',
        message: expect.stringContaining('RATCHET_OIDC_ISSUER'),
      });
    }
    for (const host of ['127.0.0.1', '127.1.2.3', 'localhost', '::1'])
      await refuseOpenBind(host, accounts, false);
    await refuseOpenBind('0.0.0.0', accounts, true);
    await accounts.create({ name: 'robot', kind: 'machine', email: null, admin: false });
    await expect(refuseOpenBind('0.0.0.0', accounts, false)).rejects.toThrow('until authentication is on');
    await accounts.create({ name: 'lisa', kind: 'person', email: null, admin: false });
    await refuseOpenBind('0.0.0.0', accounts, false);
    await accounts.disable('lisa');
    await expect(refuseOpenBind('0.0.0.0', accounts, false)).rejects.toThrow('ratchet account add <name>');
    await fresh.close();
  });
});
