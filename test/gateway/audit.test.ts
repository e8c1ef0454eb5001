import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { payloadTypes } from '../../domain/signing/envelope.js';
import { type GatewayRoom, openGatewayRoom } from './gateway-room.js';
import { membersOf, tokenOf } from './people.js';
import { registerVersion } from './register-version.js';

let room: GatewayRoom;
let project: string;
let other: string;
let tokens: Record<'lisa' | 'anna', string>;
beforeAll(async () => {
  room = await openGatewayRoom();
  [project, other] = [await room.newProject(), await room.newProject()];
  tokens = await membersOf(room, project, { lisa: ['reviewer'], anna: ['data-scientist'] });
  await registerVersion(room, project, { letter: '1', recall: 0.5 });
  const { version } = await registerVersion(room, project, { letter: '2', recall: 0.5 });
  await room.deps.policies.putVerdict({
    ...{
      id: 'one',
      project,
      model: 'delay',
      version,
      verdict: 'pass',
      rules: [],
      digests: { policy: 'a'.repeat(64) },
    },
    ...{ policyDigest: 'a'.repeat(64), factsDigest: 'b'.repeat(64) },
    facts: await room.deps.blobs.putJson({}),
  });
});
afterAll(() => room.close());

const list = async (query: string, token?: string) =>
  (await room.ask('get', `/api/v1/audit${query}`, token === undefined ? {} : { token })).body;

describe('the audit', () => {
  it('names who did what through the gateway', async () => {
    await room.ask('post', `/api/v1/datasets/${project}/flights/1/tags`, {
      token: tokens.anna,
      body: { tag: 'good' },
    });
    const { events } = await list(`?project=${project}&action=dataset.tagged`, tokens.lisa);
    expect(events).toMatchObject([{ actor: 'anna', project, subject: 'flights@1' }]);
  });

  it.each([
    ['a dataset', () => `/api/v1/datasets/${project}/flights/1`, 'dataset.read', 'flights@1'],
    [
      'the facts of a verdict',
      () => `/api/v1/models/${project}/delay/2/policy/facts`,
      'evaluation.read',
      'delay@2',
    ],
    ['an evaluation', () => `/api/v1/models/${project}/delay/1/evaluation`, 'evaluation.read', 'delay@1'],
  ])('remembers that a person read %s, and not that a machine did', async (_, path, action, subject) => {
    await room.ask('get', path(), { token: await tokenOf(room, 'robot', { kind: 'machine', admin: true }) });
    expect((await room.ask('get', path(), { token: tokens.lisa })).status).toBe(200);
    const { events } = await list(`?action=${action}&subject=${subject}`);
    expect(events).toMatchObject([{ actor: 'lisa', project, subject }]);
  });

  it('does not remember what was not shown', async () => {
    expect(
      (await room.ask('get', `/api/v1/datasets/${project}/flights/9`, { token: tokens.lisa })).status,
    ).toBe(404);
    expect((await list(`?action=dataset.read&subject=flights@9`)).events).toEqual([]);
  });

  it('shows a project to who may audit it; everything to administrators alone', async () => {
    const { events } = await list(`?project=${project}`, tokens.lisa);
    expect(new Set(events.map((row: { project: string }) => row.project))).toEqual(new Set([project]));
    expect((await list('', tokens.lisa)).error.code).toBe('FORBIDDEN');
    expect((await list(`?project=${project}`, tokens.anna)).error.code).toBe('FORBIDDEN');
    expect((await list(`?project=${other}`, tokens.lisa)).error.code).toBe('PROJECT_NOT_FOUND');
    expect((await list('')).events.length).toBeGreaterThan(events.length);
  });

  it('is exported row by row, of all or of one project', async () => {
    const rows = async (query: string) => {
      const { text } = await room.ask('get', `/api/v1/audit/export${query}`);
      return text
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line));
    };
    const all = await rows('');
    expect(all.map(({ seq }) => seq)).toEqual(all.map((_, at) => at + 1));
    const own = await rows(`?project=${project}`);
    expect(own).toEqual(all.filter((row) => row.project === project));
  });

  it('is verified with its signed checkpoints, and a checkpoint that nobody signed is a finding', async () => {
    const verify = async () => (await room.ask('get', '/api/v1/audit/verify', { token: tokens.lisa })).body;
    const head = await room.deps.audit.head();
    if (head === undefined) throw new Error('nothing was recorded');
    const envelope = await room.deps.signer.sign(payloadTypes.checkpoint, head);
    await room.deps.audit.keepCheckpoint({ ...head, envelope });
    expect(await verify()).toMatchObject({ intact: true, checkpoints: 1, findings: [] });
    await list('');
    const [row] = await room.deps.audit.list({ before: head.seq, limit: 1 });
    if (row === undefined) throw new Error('there is one row alone');
    await room.deps.audit.keepCheckpoint({ seq: row.seq, hash: row.hash, at: row.at, envelope });
    const found = await verify();
    expect([found.intact, found.checkpoints]).toEqual([false, 1]);
    expect(found.findings).toEqual([
      { kind: 'unsigned', seq: row.seq, text: expect.stringContaining('counts for nothing') },
    ]);
  });
});
