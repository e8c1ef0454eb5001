import { randomUUID } from 'node:crypto';
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createLookActivities } from '../../activities/endpoints/look-activities.js';
import { queues, workflowIds } from '../../domain/names.js';
import { MemoryTarget } from '../activities/serving/memory-target.js';
import { declaringCommit, moment } from '../conformance/serving-subject.js';
import { testStack } from '../setup/stack.js';
import { workflowBundle } from '../setup/workflow-bundle.js';
import { type GatewayRoom, openGatewayRoom } from './gateway-room.js';
import { membersOf } from './people.js';
import { listenAsEndpoint, type ServingWorld, servingWorld } from './serving-world.js';

let room: GatewayRoom;
let answering: Awaited<ReturnType<typeof listenAsEndpoint>>;
let project: string;
let world: ServingWorld;
let tokens: Record<'devi' | 'lisa', string>;
beforeAll(async () => {
  room = await openGatewayRoom();
  answering = await listenAsEndpoint();
});
beforeEach(async () => {
  answering.answer = null;
  project = await room.newProject();
  world = await servingWorld(room, project, { http: answering.url });
  tokens = await membersOf(room, project, { devi: ['application-developer'], lisa: ['reviewer'] });
});
afterAll(async () => {
  answering.server.close();
  await room.close();
});

const at = () => `/api/v1/endpoints/${project}/web`;
const get = (path: string, token = tokens.lisa) => room.ask('GET', path, { token });
const post = (path: string, body: object = {}, token = tokens.devi) =>
  room.ask('POST', path, { token, body });
const retire = () => room.deps.endpoints.declare(project, declaringCommit, [], 'ann');
const terminate = async (release: string) =>
  room.deps.client.workflow.getHandle(workflowIds.releaseServing(project, 'web', release)).terminate();

describe('endpoints', () => {
  it('are listed with what is live and where it answers', async () => {
    const { status, body } = await get(`/api/v1/endpoints?project=${project}`);
    expect(status).toBe(200);
    expect(body.endpoints).toMatchObject([
      {
        ...{ ...world.name, model: 'delay', target: 'process', commit: declaringCommit, scaledTo: null },
        ...{ retiredAt: null, config: { replicas: 2, alias: 'champion' }, at: { http: answering.url } },
        live: { ordinal: 2, modelVersion: 1, applicationCommit: 'b'.repeat(40), until: null },
      },
    ]);
    expect((await get('/api/v1/endpoints')).body.endpoints).toHaveLength(1);
  });

  it('say what was live when, by model, code and image, and that what runs is not known', async () => {
    const { body } = await get(at());
    expect(body.revisions).toMatchObject([
      { ordinal: 2, from: moment(11), until: null, imageDigest: `sha256:${'5'.repeat(64)}` },
      { ordinal: 1, from: moment(1), until: moment(11), applicationCommit: null, imageDigest: null },
    ]);
    expect(body).toMatchObject({ wanted: { ordinal: 2 }, observed: null });
    expect(body.notice).toMatch(/^what runs of it is not known: /);
  });

  it('that are retired say so, and are not released', async () => {
    await retire();
    expect((await get(at())).body).toMatchObject({ retiredAt: expect.any(String), wanted: null });
    for (const [verb, body] of [['release'], ['rollback'], ['scale', { replicas: 3 }]] as const) {
      const answer = await post(`${at()}/${verb}`, body);
      expect(answer).toMatchObject({ status: 409, body: { error: { code: 'CONFLICT' } } });
    }
    expect(await room.deps.endpoints.get(world.name)).toMatchObject({ scaledTo: null });
  });

  it('that are not there are not found', async () => {
    const none = `/api/v1/endpoints/${project}/none`;
    for (const answer of [
      await get(none),
      await get(`${none}/logs`),
      await post(`${none}/predict`, []),
      await post(`${none}/release`),
      await post(`${none}/scale`, { replicas: 1 }),
    ])
      expect(answer).toMatchObject({ status: 404, body: { error: { code: 'ENDPOINT_NOT_FOUND' } } });
  });
});

describe('asking an endpoint', () => {
  const predict = (raw: string) =>
    room.ask('POST', `${at()}/predict`, {
      ...{ token: tokens.lisa, raw, headers: { 'content-type': 'application/json' } },
    });

  it('gives its answer as it came, and the rows as they were sent', async () => {
    const { status, text } = await predict('[[9007199254740993, 0.10]]');
    expect([status, text]).toEqual([200, '{"predictions":[[9007199254740993, 0.10]],"path":"/predict"}']);
  });

  it('tells what the endpoint says of rows that it does not take', async () => {
    answering.answer = { status: 400, body: '{"error":"row 0: \\"x\\" is a string"}' };
    expect(await predict('[["a"]]')).toMatchObject({
      status: 400,
      body: { error: { message: `endpoint ${project}/web answers 400: row 0: "x" is a string` } },
    });
  });

  it.each([
    [503, '{"error":"the queue is full"}', /answers 503: the queue is full/],
    [500, '<html>', /answers 500: <html>/],
  ])('is unavailable where it answers %s', async (status, body, words) => {
    answering.answer = { status, body };
    const answer = await predict('[]');
    expect(answer).toMatchObject({ status: 503, body: { error: { code: 'PART_UNAVAILABLE' } } });
    expect(answer.body.error.message).toMatch(words);
  });

  it('is refused for what are no rows, and where nothing is live', async () => {
    expect((await predict('"text"')).status).toBe(400);
    expect((await predict('{')).status).toBe(400);
    await room.deps.endpoints.recordEnded(world.name, moment(20), 'ann');
    expect(await predict('[]')).toMatchObject({ status: 409, body: { error: { code: 'CONFLICT' } } });
  });

  it('is unavailable where nobody listens, without saying where', async () => {
    const other = await room.newProject();
    await servingWorld(room, other);
    const answer = await room.ask('POST', `/api/v1/endpoints/${other}/web/predict`, { body: [] });
    expect(answer).toMatchObject({ status: 503, body: { error: { code: 'PART_UNAVAILABLE' } } });
    expect(answer.text).not.toContain('127.0.0.1');
  });
});

describe('releases', () => {
  it.each([
    ['release', 'deploy', {}],
    ['rollback', 'rollback', {}],
    ['scale', 'scale', { replicas: 5 }],
  ])('of a person begin with %s, as %s, once for one id', async (verb, kind, more) => {
    const id = randomUUID();
    const body = { ...more, id, reason: 'answers are slow' };
    const first = await post(`${at()}/${verb}`, body);
    expect(first).toMatchObject({ status: 200, body: { id, kind, status: 'running', ...world.name } });
    const facts = { kind: 'manual', reason: 'answers are slow' };
    expect(first.body.causes).toMatchObject([{ kind: 'manual', by: 'devi', facts }]);
    expect((await post(`${at()}/${verb}`, body)).body.createdAt).toBe(first.body.createdAt);
    const handle = room.deps.client.workflow.getHandle(first.body.workflowId);
    expect(await handle.describe()).toMatchObject({ type: 'releaseServing', status: { name: 'RUNNING' } });
    expect(await room.deps.endpoints.get(world.name)).toMatchObject({
      scaledTo: verb === 'scale' ? 5 : null,
    });
    await terminate(id);
  });

  it('do not become others under an id that was used', async () => {
    const id = randomUUID();
    await post(`${at()}/release`, { id });
    expect((await post(`${at()}/rollback`, { id })).body.error).toMatchObject({ code: 'CONFLICT' });
    await terminate(id);
  });

  it.each([{}, { replicas: 0 }, { replicas: 33 }, { replicas: '3' }, { replicas: 2, colour: 'red' }])(
    'to another number of replicas refuse %j',
    async (body) => {
      expect((await post(`${at()}/scale`, body)).status).toBe(400);
      expect(await room.deps.releases.list({ project })).toHaveLength(2);
    },
  );

  it('are listed, the newest first, and shown with their steps and logs', async () => {
    const [first, second] = world.releases;
    const listed = (await get(`/api/v1/releases?project=${project}`)).body.releases;
    expect(listed.map(({ id }: { id: string }) => id)).toEqual([second, first]);
    const none = await get(`/api/v1/releases?project=${project}&status=failed`);
    expect(none.body.releases).toEqual([]);
    expect((await get(`/api/v1/releases/${second}`)).body).toMatchObject({
      ...{ id: second, status: 'succeeded', commit: 'b'.repeat(40), modelVersion: 1, revision: 2 },
      ...{ steps: [{ name: 'test', status: 'succeeded' }], logs: [{ step: 'test', bytes: 11 }] },
    });
    expect((await get(`/api/v1/releases/${second}/logs/test`)).text).toBe('ok 3 tests\n');
    const told = await room.deps.audit.list({ project, action: 'log.read' });
    expect(told).toMatchObject([{ actor: 'lisa', subject: `${second}/test` }]);
    const missing = (await get(`/api/v1/releases/${second}/logs/image`)).body.error;
    expect(missing).toMatchObject({ code: 'NOT_FOUND', message: expect.stringMatching(/there is test$/) });
  });

  it('that ended stay as they are where somebody cancels them', async () => {
    const [, second] = world.releases;
    const answer = await post(`/api/v1/releases/${second}/cancel`);
    expect(answer).toMatchObject({ status: 200, body: { status: 'succeeded' } });
  });

  it('of which nothing runs are cancelled by their row', async () => {
    const causes = [{ kind: 'manual', by: 'ann', at: moment(1) }] as const;
    const id = randomUUID();
    await room.deps.releases.create({ id, ...world.name, kind: 'deploy', causes });
    const answer = await post(`/api/v1/releases/${id}/cancel`);
    expect(answer.body).toMatchObject({ status: 'cancelled', reason: 'cancelled while nothing of it ran' });
  });

  it.each(['none', 'UPPER', '..%2f..', 'a'.repeat(300)])('are not found by the id %s', async (id) => {
    expect((await get(`/api/v1/releases/${id}`)).body.error).toMatchObject({ code: 'RELEASE_NOT_FOUND' });
  });
});

describe('images', () => {
  it('are those that revisions ran', async () => {
    expect((await get(`/api/v1/images?project=${project}`)).body.images).toEqual([
      {
        ...{ digest: `sha256:${'5'.repeat(64)}`, ...world.name, repository: null, revisions: [2] },
        ...{ applicationCommit: 'b'.repeat(40), from: moment(11), until: null, scan: null },
      },
    ]);
  });
});

describe('with a serving worker', () => {
  const workers: Worker[] = [];
  const running: Promise<void>[] = [];
  let connection: NativeConnection;
  let target: MemoryTarget;
  beforeAll(async () => {
    Runtime.install({ logger: new DefaultLogger('ERROR') });
    const { address, namespace } = testStack().config.temporal;
    connection = await NativeConnection.connect({ address });
    target = new MemoryTarget('process', { http: answering.url, grpc: '', metrics: '' });
    const activities = createLookActivities({ ...room.deps, targets: { process: target } });
    const bundle = { workflowBundle: await workflowBundle() };
    for (const options of [
      { taskQueue: queues.orchestrator, ...bundle },
      { taskQueue: queues.serving, activities },
    ])
      workers.push(await Worker.create({ connection, namespace, ...options }));
    running.push(...workers.map((worker) => worker.run()));
  });
  afterAll(async () => {
    for (const worker of workers) worker.shutdown();
    await Promise.all(running);
    await connection.close();
  });

  it('an endpoint shows its replicas, and the lines that they wrote', async () => {
    await target.deploy(world.wanted);
    const { body } = await get(at());
    expect(body).toMatchObject({
      notice: null,
      observed: { revision: world.wanted.revision, replicas: [{ id: '0', state: 'ready', restarts: 0 }] },
    });
    const logs = await get(`${at()}/logs?lines=5`);
    expect([logs.status, logs.body]).toEqual([200, { lines: [] }]);
    expect((await get(`${at()}/logs?lines=1001`)).status).toBe(400);
  });
});
