import { createServer, type Server } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type GatewayRoom, newRunId, openGatewayRoom } from './gateway-room.js';
import { putLine } from './put-line.js';

let server: Server;
let room: GatewayRoom;
let address: string;
beforeAll(async () => {
  // A port that hangs up on everybody, as a server does that is about to die.
  server = createServer((socket) => socket.destroy());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const at = server.address();
  if (at === null || typeof at === 'string') throw new Error('no port');
  address = `127.0.0.1:${at.port}`;
  room = await openGatewayRoom({ temporalAddress: address });
});
afterAll(async () => {
  await room.close();
  server.close();
});

// Each waits for a deadline of its own, so they wait together.
describe.concurrent('while Temporal is away', () => {
  it('a start says so, and its row is there for reconciling', async () => {
    const project = await room.newProject();
    const id = newRunId();
    const { status, body, text } = await room.ask('POST', '/api/v1/runs', {
      body: { id, project, model: 'delay' },
    });
    expect([status, body.error.code]).toEqual([503, 'PART_UNAVAILABLE']);
    expect(body.error.message).toMatch(
      new RegExp(`^run ${id} is stored and begins once Temporal is back: Temporal `),
    );
    expect(body.error.details).toEqual({ runId: id });
    expect(text).not.toContain(address);
    expect((await room.deps.runs.open()).map((run) => run.id)).toContain(id);
  });

  it('a run is shown as far as it is known, and that something is not known is said', async () => {
    const project = await room.newProject();
    const id = newRunId();
    const causes = [{ kind: 'manual', at: '2026-01-01T00:00:00.000Z' }] as const;
    await room.deps.runs.create({ id, project, model: 'delay', ref: 'main', variant: null, causes });
    await room.deps.runs.beginStep({ runId: id, name: 'train', attempt: 1, worker: 'host/1/1' });
    const { status, body, text } = await room.ask('GET', `/api/v1/runs/${id}`);
    expect([status, body.status]).toEqual([200, 'running']);
    expect(body.steps).toMatchObject([{ name: 'train', status: 'running' }]);
    expect(body.notice).toMatch(/^what the run waits for is not known: Temporal /);
    expect(text).not.toContain(address);
  });

  it('what asks for a run is stored, and the answer says so', async () => {
    const project = await room.newProject();
    const { status, body, text } = await room.ask('POST', `/api/v1/models/${project}/delay/fire`, {
      body: {},
    });
    expect([status, body.error.code]).toEqual([503, 'PART_UNAVAILABLE']);
    const [event] = (await room.deps.triggers.list({ project })).events;
    expect(body.error.message).toMatch(
      new RegExp(`^event ${event?.id} is stored and looked at once Temporal is back: Temporal `),
    );
    expect(text).not.toContain(address);
  });

  it('a timetable is paused in its row, and schedules are listed as far as they are known', async () => {
    const project = await room.newProject();
    await putLine(room, project, { schedules: { nightly: { cron: '0 3 * * *' } } });
    const path = `/api/v1/schedules/${project}/delay/nightly/pause`;
    const paused = await room.ask('POST', path, { body: { reason: 'x' } });
    expect([paused.status, paused.body.error.message]).toEqual([
      503,
      expect.stringMatching(/^schedule\/.*\/nightly is paused, and on the server once Temporal is back: /),
    ]);
    const { body, text } = await room.ask('GET', `/api/v1/schedules?project=${project}`);
    expect(body.notice).toMatch(/^what the server says is not known: Temporal /);
    expect(body.schedules).toMatchObject([
      { kind: 'refs', drift: null, next: [] },
      { name: 'nightly', paused: { by: 'admin', reason: 'x' }, drift: null, next: [] },
    ]);
    expect(text).not.toContain(address);
  });

  it.each([
    ['POST', '/cancel', undefined],
    ['GET', '', undefined],
  ])('what needs no answer of it goes on: %s of an ended run%s', async (method, path, body) => {
    const project = await room.newProject();
    const id = newRunId();
    const causes = [{ kind: 'manual', at: '2026-01-01T00:00:00.000Z' }] as const;
    await room.deps.runs.create({ id, project, model: 'delay', ref: 'main', variant: null, causes });
    await room.deps.runs.setStatus(id, 'failed', 'it failed');
    const answer = await room.ask(method, `/api/v1/runs/${id}${path}`, { body });
    expect([answer.status, answer.body.notice]).toEqual([200, null]);
  });

  it.each([
    ['GET', '/api/v1/workers', undefined],
    ['POST', '/api/v1/projects', { repo: '/repositories/any' }],
  ])('%s %s says that it is unavailable, without an address', async (method, path, body) => {
    const { status, body: answer, text } = await room.ask(method, path, { body });
    expect([status, answer.error.code]).toEqual([503, 'PART_UNAVAILABLE']);
    expect(answer.error.message).toMatch(/^Temporal /);
    expect(text).not.toContain(address);
  });
});
