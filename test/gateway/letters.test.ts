import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { projectConfig } from '../../domain/config/project.js';
import { workflowIds } from '../../domain/names.js';
import type { Letter } from '../../domain/ports/outbox.js';
import { type GatewayRoom, newRunId, openGatewayRoom } from './gateway-room.js';
import { testNotice } from './made-notice.js';
import { membersOf, tokenOf } from './people.js';

let room: GatewayRoom;
let project: string;
let tokens: Record<'anna' | 'lisa', string>;
beforeAll(async () => {
  room = await openGatewayRoom();
});
beforeEach(async () => {
  project = await room.newProject();
  tokens = await membersOf(room, project, { anna: ['data-engineer'], lisa: ['reviewer'] });
});
const courier = () => room.deps.client.workflow.getHandle(workflowIds.platform('deliver-notifications'));
afterAll(() => room.close());

const get = (path: string, token = tokens.lisa) => room.ask('GET', `/api/v1/letters${path}`, { token });
const post = (path: string, token = tokens.anna) =>
  room.ask('POST', `/api/v1/projects/${project}/letters/${path}`, { token });

/** Letters of notices with these keys, oldest first. */
async function put(keys: readonly string[], targets = ['hook']): Promise<readonly Letter[]> {
  for (const key of keys) await room.deps.outbox.put(testNotice(project, key), targets);
  return (await room.deps.outbox.list({ project })).toReversed();
}
const tried = (letter: Letter | undefined, error: string | null, nextAt: string | null, at: string) =>
  room.deps.outbox.attempted({ letter: letter?.id ?? '', at, ms: 12, error }, nextAt);

describe('letters', () => {
  it('are listed newest first with status, tries and last error, and shown whole', async () => {
    const [first, second, third] = await put(['a', 'b', 'c']);
    await tried(first, 'refused with 500', '2027-01-01T00:00:00.000Z', '2026-01-01T00:00:01.000Z');
    await tried(second, 'no answer', null, '2026-01-01T00:00:02.000Z');
    await tried(third, 'no answer', '2027-01-01T00:00:00.000Z', '2026-01-01T00:00:03.000Z');
    await tried(third, null, null, '2026-01-01T00:00:04.000Z');
    const { body } = await get(`?project=${project}`);
    expect(
      body.letters.map(({ id, status, attempts, lastError }: Record<string, unknown>) => [
        id,
        status,
        attempts,
        lastError,
      ]),
    ).toEqual([
      [third?.id, 'delivered', 2, null],
      [second?.id, 'dead', 1, 'no answer'],
      [first?.id, 'pending', 1, 'refused with 500'],
    ]);
    expect(body.letters[0]).toMatchObject({
      ...{ project, model: 'delay', target: 'hook', kind: 'run.refused' },
      ...{ title: `a run of ${project} was refused`, deliveredAt: '2026-01-01T00:00:04.000Z' },
    });
    const shown = await get(`/${third?.id}`);
    expect(shown.body).toEqual({
      ...body.letters[0],
      ...{ lines: ['recall is 0.1, limit 0.5'], to: ['ann'], commit: null },
      tries: [
        { at: '2026-01-01T00:00:03.000Z', ms: 12, error: 'no answer' },
        { at: '2026-01-01T00:00:04.000Z', ms: 12, error: null },
      ],
    });
  });

  it('are narrowed by status, page by page', async () => {
    const [first] = await put(['a', 'b', 'c']);
    await tried(first, 'gone', null, '2026-01-01T00:00:01.000Z');
    const page = (await get(`?project=${project}&limit=2`)).body;
    const rest = (await get(`?project=${project}&limit=2&after=${page.next}`)).body;
    expect([page.letters.length, rest.letters.length, rest.next]).toEqual([2, 1, null]);
    expect(rest.letters[0].id).toBe(first?.id);
    expect((await get(`?project=${project}&status=dead`)).body.letters).toHaveLength(1);
    for (const query of ['?status=lost', '?limit=0', '?after=-1', '?after=x', '?who=me'])
      expect([query, (await get(query)).body.error.code]).toEqual([query, 'REQUEST_INVALID']);
  });

  it('are nobody else’s to read', async () => {
    const [letter] = await put(['a']);
    const outside = await tokenOf(room, 'an-outsider');
    expect((await get(`/${letter?.id}`, outside)).body.error).toMatchObject({
      code: 'NOT_FOUND',
      message: `there is no letter "${letter?.id}"`,
    });
    expect((await get(`?project=${project}`, outside)).body.error.code).toBe('PROJECT_NOT_FOUND');
    expect((await get('', outside)).body).toEqual({ letters: [], next: null });
    for (const id of ['x', newRunId()]) expect((await get(`/${id}`)).body.error.code).toBe('NOT_FOUND');
    const nowhere = await room.ask('GET', '/api/v1/letters?project=nowhere');
    expect(nowhere.body.error.code).toBe('PROJECT_NOT_FOUND');
  });
});

describe('sending letters', () => {
  it('drives dead ones again, and wakes what carries them', async () => {
    const [first] = await put(['a', 'b']);
    expect((await post('redrive')).body).toEqual({ letters: 0 });
    await tried(first, 'gone', null, '2026-01-01T00:00:01.000Z');
    expect((await post('redrive')).body).toEqual({ letters: 1 });
    expect((await get(`/${first?.id}`)).body).toMatchObject({ status: 'pending', attempts: 0 });
    const { status, type } = await courier().describe();
    expect([status.name, type]).toEqual(['RUNNING', 'deliverNotifications']);
  });

  it('tests every target of the project', async () => {
    const nothing = await post('test');
    expect([nothing.status, nothing.body.error.code]).toEqual([409, 'CONFLICT']);
    expect(nothing.body.error.message).toContain('ratchet.project.yaml has no "notifications"');
    const { name, repo, ref, commit, config } = await room.deps.projects.get(project);
    const url = 'secret://hook-url';
    const notifications = {
      hook: { kind: 'webhook', url, secret: 'secret://hook-secret' },
      room: { kind: 'slack', url },
    } as const;
    await room.deps.projects.put({
      ...{ name, repo, ref, commit },
      config: projectConfig({ ...config, notifications }),
    });
    const { status, body } = await post('test');
    expect([status, body]).toEqual([
      200,
      { key: expect.stringMatching(/^test:[0-9a-f-]{36}$/), targets: ['hook', 'room'] },
    ]);
    const { letters } = (await get(`?project=${project}`)).body;
    expect(letters).toMatchObject([
      { target: 'room', kind: 'test', title: `A test of the notifications of ${project}` },
      { target: 'hook', kind: 'test', model: null, status: 'pending' },
    ]);
    expect((await get(`/${letters[0].id}`)).body).toMatchObject({
      ...{ to: ['anna'], lines: ['anna asked for it. There is nothing to do.'] },
    });
  });

  it.each(['redrive', 'test'])('%s is not for readers', async (path) => {
    expect((await post(path, tokens.lisa)).body.error.code).toBe('FORBIDDEN');
    const nowhere = await room.ask('POST', `/api/v1/projects/nowhere/letters/${path}`);
    expect(nowhere.body.error.code).toBe('PROJECT_NOT_FOUND');
  });
});
