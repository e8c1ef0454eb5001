import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type GatewayRoom, openGatewayRoom } from './gateway-room.js';
import { membersOf } from './people.js';
import { registerVersion } from './register-version.js';

let room: GatewayRoom;
let project: string;
let tokens: Record<'anna' | 'lisa', string>;
let base: string;
beforeAll(async () => {
  room = await openGatewayRoom();
  project = await room.newProject();
  base = `/api/v1/models/${project}/delay`;
  tokens = await membersOf(room, project, { anna: ['ml-engineer'], lisa: ['reviewer'] });
  await registerVersion(room, project, { letter: '1', recall: 0.5 });
  await registerVersion(room, project, { letter: '2', recall: 0.7, rows: 90 });
});
afterAll(() => room.close());

const get = async (path: string) => (await room.ask('get', `${base}${path}`, { token: tokens.lisa })).body;
const post = (path: string, body: object = {}) =>
  room.ask('post', `${base}${path}`, { token: tokens.anna, body });

describe('a version', () => {
  it('differs from another by code, data, metrics and slices, with the better number marked', async () => {
    const { from, to, changes } = await get('/2/diff?with=1');
    expect([from, to]).toEqual([1, 2]);
    expect(changes).toContainEqual({
      part: 'code',
      what: 'commit',
      metric: null,
      from: '1'.repeat(40),
      to: '2'.repeat(40),
      better: null,
    });
    expect(changes).toContainEqual({
      part: 'data',
      what: 'dataset',
      metric: null,
      from: 'flights@1',
      to: 'flights@2',
      better: null,
    });
    expect(changes).toContainEqual({
      part: 'data',
      what: 'rows: train',
      metric: null,
      from: 70,
      to: 90,
      better: null,
    });
    expect(changes).toContainEqual({
      part: 'metrics',
      what: 'recall',
      metric: 'recall',
      from: 0.5,
      to: 0.7,
      better: 'to',
    });
    expect(changes).toContainEqual({
      part: 'slices',
      what: 'carrier = AA: recall',
      metric: 'recall',
      from: 0.5,
      to: 0.7,
      better: 'to',
    });
    expect(JSON.stringify(changes)).not.toContain('rocAuc');
    expect((await get('/1/diff?with=1')).changes).toEqual([]);
  });

  it('is retired once, by whom its history names, and never while it is not there', async () => {
    expect((await get('/1')).stage).toBe('registered');
    const { body } = await post('/1/retire', { reason: 'trained on a leaked column' });
    expect(body).toMatchObject({ version: 1, from: 'registered', to: 'retired', actor: 'anna' });
    expect(await get('/history')).toEqual({ moves: [body] });
    expect((await post('/1/retire', { reason: 'again' })).body).toEqual(body);
    expect((await post('/9/retire', { reason: 'x' })).body.error.code).toBe('MODEL_NOT_FOUND');
    const [row] = await room.deps.audit.list({ action: 'model.retired' });
    expect(row).toMatchObject({ actor: 'anna', project, subject: 'delay@1' });
  });

  it('was live at no time before any was, and nothing is rolled back to', async () => {
    expect(await get('/live?at=2026-01-01T00:00:00Z')).toEqual({
      at: '2026-01-01T00:00:00.000Z',
      live: null,
    });
    const { status, body } = await post('/rollback', { reason: 'x' });
    expect([status, body.error.code]).toEqual([409, 'PROMOTION_REFUSED']);
  });

  it('has no verdict where no policy has judged it', async () => {
    expect((await get('/2/policy')).error.code).toBe('NOT_FOUND');
    expect((await room.ask('get', `/api/v1/projects/${project}/policies`)).body).toEqual({ policies: [] });
  });

  it('shows its verdict, every rule with number and limit', async () => {
    const rule = {
      name: 'recall',
      kind: 'rule',
      origin: 'model',
      severity: 'block',
      expression: 'metrics.recall > 0.8',
    } as const;
    const said = {
      verdict: 'fail',
      text: 'recall is 0.7',
      actual: 0.7,
      limit: 0.8,
      distance: -0.1,
      n: 10,
    } as const;
    await room.deps.policies.putVerdict({
      id: 'one',
      project,
      model: 'delay',
      version: 2,
      policyDigest: 'a'.repeat(64),
      factsDigest: 'b'.repeat(64),
      verdict: 'fail',
      rules: [{ ...rule, ...said }],
      digests: { policy: 'a'.repeat(64) },
      facts: await room.deps.blobs.putJson({}),
    });
    expect(await get('/2/policy')).toMatchObject({ verdict: 'fail', rules: [{ ...rule, ...said }] });
  });
});

describe('a promotion', () => {
  it('is started once, by whom it names, and answers while nobody works on it', async () => {
    const { body } = await post('/2/promote');
    const workflowId = `promote/${project}/delay/2`;
    expect(body).toEqual({ workflowId, status: 'waiting', reason: null, approval: null });
    const handle = room.deps.client.workflow.getHandle(workflowId);
    const { runId } = await handle.describe();
    expect((await post('/2/promote')).body.workflowId).toBe(workflowId);
    expect((await handle.describe()).runId).toBe(runId);
    await handle.terminate();
  });
});

describe('the members of a project', () => {
  it('are shown with the commit that says so, and the changes that wait', async () => {
    const { body } = await room.ask('get', `/api/v1/projects/${project}/members`, { token: tokens.lisa });
    expect(body.members).toContainEqual({
      account: 'lisa',
      roles: ['reviewer'],
      emails: ['lisa@example.org'],
      commit: 'c'.repeat(40),
    });
    const digests = { policy: 'a'.repeat(64), change: 'b'.repeat(64) };
    const authorSet = { authors: [], strangers: [], machineStarted: false };
    const subject = `change@${'d'.repeat(40)}`;
    await room.deps.approvals.open({
      project,
      kind: 'change',
      subject,
      round: 1,
      digests,
      stages: [],
      authorSet,
      requestedBy: 'x',
    });
    const changes = await room.ask('get', `/api/v1/projects/${project}/changes`, { token: tokens.lisa });
    expect(changes.body.approvals).toMatchObject([{ kind: 'change', subject, status: 'open' }]);
  });
});
