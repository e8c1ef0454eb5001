import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Hono } from 'hono';
import { Registry } from 'prom-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Role, roles } from '../../domain/access/roles.js';
import { createApp } from '../../gateway/app.js';
import { actionKey, placeKey } from '../../gateway/http/route.js';
import { declaringCommit, declared as endpointOf, newRelease } from '../conformance/serving-subject.js';
import { alarm } from '../conformance/trigger-store-subject.js';
import { type GatewayRoom, newRunId, openGatewayRoom, settings, token } from './gateway-room.js';
import { testNotice } from './made-notice.js';
import { membersOf, tokenOf } from './people.js';

let room: GatewayRoom;
let project: string;
let run: string;
let event: string;
let letter: string;
let release: string;
/** Token by column of the matrix; null for none. */
let tokens: Readonly<Record<string, string | null>>;
beforeAll(async () => {
  room = await openGatewayRoom();
  project = await room.newProject();
  run = newRunId();
  const causes = [{ kind: 'manual', by: 'somebody', at: '2026-01-01T00:00:00.000Z' }] as const;
  await room.deps.runs.create({ id: run, project, model: 'delay', ref: 'main', variant: null, causes });
  const { triggers, outbox } = room.deps;
  await triggers.record([alarm(project, 'drift')]);
  await outbox.put(testNotice(project, 'a'), ['hook']);
  event = (await triggers.list({ project })).events[0]?.id ?? '';
  letter = (await outbox.list({ project }))[0]?.id ?? '';
  await room.deps.endpoints.declare(project, declaringCommit, [endpointOf('web')], 'ann');
  release = (await room.deps.releases.create(newRelease({ project, endpoint: 'web' }, 'one'))).release.id;
  const members = Object.fromEntries(roles.map((role) => [`a-${role}`, [role]])) as Record<
    string,
    readonly Role[]
  >;
  const held = await membersOf(room, project, members);
  tokens = {
    anonymous: null,
    ...Object.fromEntries(roles.map((role) => [role, held[`a-${role}`] ?? null])),
    outsider: await tokenOf(room, 'an-outsider'),
    administrator: token,
  };
});
afterAll(() => room.close());

interface Declared {
  readonly method: string;
  readonly path: string;
  readonly action: string;
  readonly place: string;
}

const declared = (): Declared[] =>
  room.app.openAPIRegistry.definitions.flatMap((definition) =>
    definition.type === 'route'
      ? [
          {
            method: definition.route.method,
            path: definition.route.path,
            action: String(Reflect.get(definition.route, actionKey)),
            place: String(Reflect.get(definition.route, placeKey)),
          },
        ]
      : [],
  );

/** What the id in an address is of. */
function idIn(path: string): string {
  if (path.includes('/runs/')) return run;
  if (path.includes('/releases/')) return release;
  if (path.includes('/triggers/')) return event;
  return path.includes('/letters/') ? letter : 'some-id';
}

/** A request that is about the project, and that no handler does anything with. */
function requestTo({ method, path }: Declared) {
  const values: Record<string, string> = {
    project,
    id: idIn(path),
    version: '1',
    step: 'train',
    file: path.includes('/models/') ? 'model' : 'train',
    subject: 'delay@1',
    round: '1',
  };
  const filled = path.replaceAll(/\{([^}]+)\}/g, (_, name: string) => values[name] ?? 'some-name');
  const query = path.endsWith('/compare')
    ? `?ids=${run}`
    : /\/audit(\/export)?$/.test(path)
      ? `?project=${project}`
      : '';
  const body = { project, repo: `/repositories/${project}`, 'no-such-field': true };
  return { path: filled + query, body: method === 'post' ? body : undefined };
}

const hidden = ['PROJECT_NOT_FOUND', 'RUN_NOT_FOUND', 'RELEASE_NOT_FOUND'];

/** What a caller finds: `yes`, or the status by which they are turned away. */
async function cell(at: Declared, given: string | null): Promise<string> {
  const { path, body } = requestTo(at);
  const answer = await room.ask(at.method, path, { token: given, body });
  if (answer.status === 401 || answer.status === 403) return String(answer.status);
  const isHidden =
    hidden.includes(answer.body?.error?.code) ||
    (['event', 'letter'].includes(at.place) && answer.status === 404);
  return isHidden ? '404' : 'yes';
}

const file = join(import.meta.dirname, 'access-matrix.txt');

describe('who may do what', () => {
  it('is what the matrix says, for every route and every kind of caller', async () => {
    const columns = Object.entries(tokens);
    const rows: string[][] = [['route', 'action', 'project from', ...columns.map(([name]) => name)]];
    for (const at of declared()) {
      const cells: string[] = [];
      for (const [, given] of columns) cells.push(await cell(at, given));
      rows.push([`${at.method} ${at.path}`, at.action, at.place, ...cells]);
    }
    const found = `${rows.map((row) => row.join(' | ')).join('\n')}\n`;
    if (process.env['WRITE_ACCESS_MATRIX'] === 'true') writeFileSync(file, found);
    expect(found).toBe(readFileSync(file, 'utf8'));
  });

  it.each([
    ['a wrong token', () => ({ token: `${token}x` })],
    ['another scheme', () => ({ token: null, headers: { authorization: `Basic ${token}` } })],
    ['the token alone', () => ({ token: null, headers: { authorization: token } })],
    ['a second word', () => ({ token: null, headers: { authorization: `Bearer ${token} more` } })],
    ['an endless token', () => ({ token: 'a'.repeat(600) })],
    ['nothing behind the scheme', () => ({ token: null, headers: { authorization: 'Bearer ' } })],
  ])('%s is nobody, before the body is read', async (_, asked) => {
    for (const at of declared().filter(({ action }) => action !== 'public')) {
      const { status, body } = await room.ask(at.method, requestTo(at).path, { ...asked(), raw: '{"broken' });
      expect([at.path, status, body.error.code]).toEqual([at.path, 401, 'UNAUTHENTICATED']);
    }
  });

  it('does not take a token in the address', async () => {
    const { status } = await room.ask('get', `/api/v1/runs?access_token=${token}`, { token: null });
    expect(status).toBe(401);
  });

  it('never says the token, nor what it is compared with', async () => {
    const { text } = await room.ask('get', '/api/v1/runs', { token: `${token}x` });
    expect(text).not.toContain(token);
    expect(text).not.toMatch(/[0-9a-f]{64}/);
  });

  it('is told to who may read the project, and to nobody else', async () => {
    const asked = { body: { reason: 'x' } };
    const path = `/api/v1/models/${project}/delay/rollback`;
    const analyst = await room.ask('post', path, { ...asked, token: tokens['business-analyst'] ?? null });
    expect(analyst.body.error.message).toBe(
      `a-business-analyst is business-analyst in ${project} and may not promote; that takes one of ml-engineer, admin`,
    );
    const outside = await room.ask('post', path, { ...asked, token: tokens['outsider'] ?? null });
    expect(outside.body.error).toEqual({
      code: 'PROJECT_NOT_FOUND',
      message: `there is no project "${project}"`,
      details: expect.anything(),
    });
  });
});

describe('a route that declares no action', () => {
  const start = (add: (app: Hono) => void) => () => {
    const inner = new Hono();
    add(inner);
    createApp({ ...room.deps, metrics: new Registry() }, settings, [
      (app) => void app.route('/api/v1/hidden', inner),
    ]);
  };

  it.each([
    ['a handler of one verb', (app: Hono) => void app.get('/', (context) => context.text('open'))],
    ['a handler of every verb', (app: Hono) => void app.all('/', (context) => context.text('open'))],
    [
      'a handler of a verb of its own',
      (app: Hono) => void app.on('PURGE', '/', (context) => context.text('open')),
    ],
  ])('stops the start: %s', (_, add) => {
    expect(start(add)).toThrow('/api/v1/hidden');
  });

  it('stops the start: a handler of everything, which looks like middleware', () => {
    const open = () =>
      createApp({ ...room.deps, metrics: new Registry() }, settings, [
        (app) => void app.all('/*', (context) => context.text('open')),
      ]);
    expect(open).toThrow('these routes declare no action: ALL /*');
  });
});
