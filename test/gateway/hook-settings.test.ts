import { afterEach, describe, expect, it } from 'vitest';
import { type GatewayRoom, openGatewayRoom, settings } from './gateway-room.js';
import { membersOf } from './people.js';
import { projectOn, secretOf, sendGithub } from './send-hook.js';

let room: GatewayRoom;
afterEach(() => room.close());

const repo = 'https://github.com/acme/flights';
const ping = { repository: { clone_url: repo } };

describe('a gateway', () => {
  it('without a master secret takes no webhook and shows none, and says which setting is missing', async () => {
    room = await openGatewayRoom({ settings: { hooks: { ...settings.hooks, secret: undefined } } });
    const project = await projectOn(room, repo);
    for (const { status, body } of [
      await sendGithub(room, project, ping, { event: 'ping' }),
      await room.ask('get', `/api/v1/projects/${project}/hook`),
    ]) {
      expect([status, body.error]).toEqual([
        503,
        {
          code: 'PART_UNAVAILABLE',
          message: 'this gateway takes no webhooks: RATCHET_HOOK_SECRET is not set',
          details: { part: 'webhooks', variable: 'RATCHET_HOOK_SECRET' },
        },
      ]);
    }
  });

  it('turns a flood of one address away before it believes anything, and others not', async () => {
    let nowMs = 0;
    const hooks = { ...settings.hooks, requestsPerSecond: 2 };
    room = await openGatewayRoom({ settings: { hooks, trustsForwarded: true, now: () => nowMs } });
    const project = await projectOn(room, repo);
    const from = (address: string, secret = secretOf(project)) =>
      sendGithub(room, project, ping, { event: 'ping', secret, headers: { 'x-forwarded-for': address } });
    for (let at = 0; at < 10; at += 1) expect((await from('10.0.0.1', secretOf('x'))).status).toBe(401);
    const refused = await from('10.0.0.1');
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '1']);
    expect(refused.body.error.code).toBe('TOO_MANY_REQUESTS');
    expect((await from('10.0.0.2')).status).toBe(202);
    nowMs += 1000;
    expect((await from('10.0.0.1')).status).toBe(202);
  });
});

describe('the hook of a project', () => {
  it('is shown to who may change the project, and that they looked is recorded', async () => {
    room = await openGatewayRoom();
    const project = await projectOn(room, repo);
    const { anna } = await membersOf(room, project, { anna: ['ml-engineer'] });
    const path = `/api/v1/projects/${project}/hook`;
    const { status, body, headers } = await room.ask('get', path, { token: anna });
    const { text, bytes } = secretOf(project);
    expect([status, body]).toEqual([
      200,
      { path: `/hooks/${project}`, secret: text, signingSecret: `whsec_${bytes.toString('base64')}` },
    ]);
    expect(headers.get('cache-control')).toBe('no-store');
    await room.ask('get', path);
    const rows = await room.deps.audit.list({ action: 'hook-secret.read' });
    expect(rows.map(({ actor, project: at, subject }) => [actor, at, subject])).toEqual([
      ['admin', project, project],
      ['anna', project, project],
    ]);
    expect(JSON.stringify(rows)).not.toContain(text);
    expect(room.log.join()).not.toContain(text);
    const nowhere = await room.ask('get', '/api/v1/projects/nowhere/hook');
    expect([nowhere.status, nowhere.body.error.code]).toEqual([404, 'PROJECT_NOT_FOUND']);
  });
});

describe('an event with a token', () => {
  it('is stored as a CloudEvent is, once by its id, and of its account', async () => {
    room = await openGatewayRoom();
    const project = await projectOn(room, repo);
    const { anna, omar } = await membersOf(room, project, { anna: ['data-engineer'], omar: ['ml-engineer'] });
    const path = `/api/v1/projects/${project}/events`;
    const body = { name: 'prices-in', id: 'day 1', payload: { rows: 3 } };
    const first = await room.ask('post', path, { token: anna, body });
    expect([first.status, first.body]).toEqual([
      202,
      { id: 'cloudevents:account/anna day 1', repeated: false },
    ]);
    expect((await room.ask('post', path, { token: anna, body })).body.repeated).toBe(true);
    expect((await room.ask('post', path, { token: omar, body })).body.repeated).toBe(false);
    expect(room.wakes()).toBe(3);
    const rows = await room.deps.deliveries.list(project, 10);
    expect(rows.map(({ id, form, repeats }) => [id, form, repeats])).toEqual([
      ['cloudevents:account/omar day 1', 'cloudevents', 0],
      ['cloudevents:account/anna day 1', 'cloudevents', 1],
    ]);
    const binary = { 'ce-specversion': '1.0', 'ce-id': '1', 'ce-source': '/prices', 'ce-type': 'prices-in' };
    const third = await room.ask('post', path, { body: { rows: 3 }, headers: binary });
    expect([third.status, third.body.id]).toEqual([202, 'cloudevents:/prices 1']);
  });

  it.each([
    ['a long text', 'x'.repeat(49_000)],
    ['many numbers', Array.from({ length: 16_000 }, (_, at) => at % 10)],
    ['numbers that are stored with all of their digits', Array.from({ length: 140 }, () => 1.5e-300)],
    ['what no text of the database may hold', `${'\u0000'.repeat(1000)}\ud800 \u0001`],
    ['many keys', Object.fromEntries(Array.from({ length: 3000 }, (_, at) => [`key ${at}`, {}]))],
  ])('may carry as much as is kept: %s', async (_, payload) => {
    room = await openGatewayRoom();
    const project = await projectOn(room, repo);
    const path = `/api/v1/projects/${project}/events`;
    const { status } = await room.ask('post', path, { body: { name: 'prices-in', payload } });
    expect(status).toBe(202);
    expect(await room.deps.deliveries.list(project, 10)).toHaveLength(1);
  });

  it('is refused by what is wrong with it', async () => {
    room = await openGatewayRoom();
    const project = await projectOn(room, repo);
    const path = `/api/v1/projects/${project}/events`;
    const statusOf = async (asked: object, at = path) => (await room.ask('post', at, asked)).status;
    expect(await statusOf({ body: { name: 'Prices' } })).toBe(400);
    expect(await statusOf({ raw: '{', headers: { 'content-type': 'application/json' } })).toBe(400);
    expect(await statusOf({ raw: '{}', headers: { 'content-type': 'text/plain' } })).toBe(415);
    expect(await statusOf({ body: { name: 'prices-in', payload: 'x'.repeat(60_000) } })).toBe(413);
    expect(await statusOf({ body: { name: 'prices-in', payload: 'x'.repeat(1_100_000) } })).toBe(413);
    expect(await statusOf({ body: { name: 'prices-in' } }, '/api/v1/projects/nowhere/events')).toBe(404);
    expect(await room.deps.deliveries.list(project, 10)).toEqual([]);
  });
});
