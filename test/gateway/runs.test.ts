import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { workflowIds } from '../../domain/names.js';
import { type GatewayRoom, newRunId, openGatewayRoom } from './gateway-room.js';
import { tokenOf } from './people.js';

let room: GatewayRoom;
let project: string;
const started = new Set<string>();
beforeAll(async () => {
  room = await openGatewayRoom();
  project = await room.newProject();
});
afterAll(async () => {
  for (const id of started)
    await handleOf(id)
      .terminate('the test is over')
      .catch(() => undefined);
  await room.close();
});

const handleOf = (id: string) =>
  room.deps.client.workflow.getHandle(workflowIds.trainModel(project, 'delay', id));

async function start(body: object = {}, headers: Record<string, string> = {}) {
  const answer = await room.ask('POST', '/api/v1/runs', {
    body: { project, model: 'delay', ...body },
    headers,
  });
  if (answer.status === 200) started.add(answer.body.id);
  return answer;
}

/** A run that has a row and no workflow. */
async function stored(status?: 'succeeded' | 'failed' | 'refused' | 'cancelled'): Promise<string> {
  const id = newRunId();
  const causes = [{ kind: 'manual', at: '2026-01-01T00:00:00.000Z' }] as const;
  await room.deps.runs.create({ id, project, model: 'delay', ref: 'main', variant: null, causes });
  if (status) await room.deps.runs.setStatus(id, status, `it ${status}`);
  return id;
}

describe('starting a run', () => {
  it('stores its row, starts its workflow under the business key, and tells both', async () => {
    const id = newRunId();
    const { status, body } = await start({ id, variant: 'forest', ref: 'v1.2' });
    expect(status).toBe(200);
    expect(body).toMatchObject({ id, project, model: 'delay', variant: 'forest', ref: 'v1.2', round: 0 });
    expect(body.workflowId).toBe(`train/${project}/delay/${id}`);
    expect(body.causes).toEqual([{ kind: 'manual', by: 'admin', at: expect.any(String) }]);
    const { status: temporal, taskQueue, searchAttributes } = await handleOf(id).describe();
    expect([temporal.name, taskQueue]).toEqual(['RUNNING', 'orchestrator']);
    expect(searchAttributes).toMatchObject({
      RatchetProject: [project],
      RatchetModel: ['delay'],
      RatchetRun: [id],
    });
  });

  it('mints an id, and takes the ref of the project, where none is given', async () => {
    const { body } = await start();
    expect(body.id).toMatch(/^[0-9a-f-]{36}$/);
    expect([body.ref, body.variant]).toEqual(['main', null]);
  });

  it('again with the same id is the same run, also for many at once', async () => {
    const id = newRunId();
    const answers = await Promise.all(Array.from({ length: 8 }, () => start({ id })));
    expect(answers.map(({ status, body }) => [status, body.id])).toEqual(answers.map(() => [200, id]));
    const open = await room.deps.runs.open();
    expect(open.filter((run) => run.id === id)).toHaveLength(1);
  });

  it('again with the same Idempotency-Key is the same run, also for many at once', async () => {
    const headers = { 'idempotency-key': `push ${newRunId()}` };
    const answers = await Promise.all(Array.from({ length: 8 }, () => start({}, headers)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    expect((await start({}, { 'idempotency-key': 'another' })).body.id).not.toBe(answers[0]?.body.id);
  });

  it('stores one row for many at once, again and again', async () => {
    const causes = [{ kind: 'manual', at: '2026-01-01T00:00:00.000Z' }] as const;
    for (let round = 0; round < 200; round += 1) {
      const row = { id: newRunId(), project, model: 'delay', ref: 'main', variant: null, causes };
      const stored = await Promise.all(Array.from({ length: 8 }, () => room.deps.runs.create(row)));
      expect(stored.filter(({ created }) => created)).toHaveLength(1);
    }
  });

  it('with an id or a key that stands for another request is refused', async () => {
    const { body: first } = await start({ variant: 'forest' });
    const headers = { 'idempotency-key': newRunId() };
    await start({ variant: 'forest' }, headers);
    for (const answer of [
      await start({ id: first.id, variant: 'linear' }),
      await start({ id: first.id }),
      await start({ id: first.id, variant: 'forest', ref: 'v2' }),
      await start({ variant: 'linear' }, headers),
    ]) {
      expect([answer.status, answer.body.error.code]).toEqual([409, 'CONFLICT']);
    }
    expect((await start({ id: first.id, variant: 'forest' })).status).toBe(200);
  });

  it('of an ended run starts nothing', async () => {
    const id = await stored('cancelled');
    const { status, body } = await start({ id });
    expect([status, body.status]).toEqual([200, 'cancelled']);
    await expect(handleOf(id).describe()).rejects.toThrow('not found');
  });

  it('names the models there are', async () => {
    const { status, body } = await start({ model: 'nothing' });
    expect([status, body.error.code]).toEqual([404, 'MODEL_NOT_FOUND']);
    expect(body.error.message).toBe(`project ${project} has no model "nothing"; it has delay`);
    expect((await start({ project: 'nowhere' })).body.error.code).toBe('PROJECT_NOT_FOUND');
  });

  it('takes hostile text in a ref for text', async () => {
    const ref = `"; drop table runs; --' <script>alert(1)</script> \u202e ${'é'.repeat(50)}`;
    const { status, body } = await start({ ref });
    expect([status, body.ref]).toEqual([200, ref]);
  });
});

describe('a run that no worker takes up', () => {
  it('says so, since when, and what to start', async () => {
    const { body: first } = await start();
    await sleep(1200);
    const { body } = await room.ask('GET', `/api/v1/runs/${first.id}`);
    expect(body.status).toBe('waiting');
    expect(body.waiting).toMatchObject({ for: 'capacity: orchestrator', until: null });
    expect(body.waiting.advice).toContain('orchestrator worker');
    expect(Date.now() - Date.parse(body.waiting.since)).toBeGreaterThan(1000);
  });
});

describe('cancelling', () => {
  it('asks the workflow to stop, as often as it is sent', async () => {
    const { body: first } = await start();
    for (let times = 0; times < 2; times += 1) {
      const { status, body } = await room.ask('POST', `/api/v1/runs/${first.id}/cancel`);
      expect([status, body.endedAt]).toEqual([200, null]);
    }
    const { events } = await handleOf(first.id).fetchHistory();
    expect(events?.some(({ workflowExecutionCancelRequestedEventAttributes: asked }) => asked)).toBe(true);
  });

  it.each(['succeeded', 'failed', 'refused', 'cancelled'] as const)(
    'leaves a run that %s as it is',
    async (end) => {
      const id = await stored(end);
      const { status, body } = await room.ask('POST', `/api/v1/runs/${id}/cancel`);
      expect([status, body.status, body.reason]).toEqual([200, end, `it ${end}`]);
    },
  );

  it('ends a run whose workflow never began', async () => {
    const id = await stored();
    const { body } = await room.ask('POST', `/api/v1/runs/${id}/cancel`);
    expect([body.status, body.reason]).toEqual(['cancelled', 'cancelled while nothing of it ran']);
  });

  it('of a run that is not there says that', async () => {
    const { status, body } = await room.ask('POST', `/api/v1/runs/${newRunId()}/cancel`);
    expect([status, body.error.code]).toEqual([404, 'RUN_NOT_FOUND']);
  });
});

describe('resuming', () => {
  const resume = async (id: string, body: object = {}, by = {}) =>
    room.ask('POST', `/api/v1/runs/${id}/resume`, { body, ...by });

  it.each(['failed', 'refused', 'cancelled'] as const)('opens a new round of a run that %s', async (end) => {
    const id = await stored(end);
    const { status, body } = await resume(id, { ref: 'fix' });
    started.add(id);
    expect(status).toBe(200);
    expect(body).toMatchObject({ id, round: 1, ref: 'fix', reason: null, endedAt: null });
    expect(body.causes.at(-1)).toEqual({
      ...{ kind: 'manual', by: 'admin', round: 1 },
      at: expect.stringMatching(/^\d{4}-.*Z$/),
    });
    expect((await handleOf(id).describe()).memo).toEqual({ round: 1 });
  });

  it('of a run that runs, or succeeded, is refused', async () => {
    const { body: running } = await start();
    for (const [id, status] of [
      [running.id, 'running'],
      [await stored('succeeded'), 'succeeded'],
    ]) {
      const answer = await resume(id);
      expect([answer.status, answer.body.error.code, answer.body.error.details]).toEqual([
        409,
        'CONFLICT',
        { status },
      ]);
    }
  });

  it('waits for the round before to close, and then begins the new one', async () => {
    const { body: first } = await start();
    await room.deps.runs.setStatus(first.id, 'failed', 'the end is written before the workflow closes');
    const resumed = resume(first.id);
    await sleep(400);
    await handleOf(first.id).terminate('it closes');
    expect((await resumed).body.round).toBe(1);
    const { memo, status } = await handleOf(first.id).describe();
    expect([memo, status.name]).toEqual([{ round: 1 }, 'RUNNING']);
  });

  it('by two at once opens one round', async () => {
    const id = await stored('failed');
    const other = { token: await tokenOf(room, 'olga', { admin: true }) };
    const answers = await Promise.all([resume(id), resume(id, {}, other)]);
    started.add(id);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409]);
    expect((await room.ask('GET', `/api/v1/runs/${id}`)).body.round).toBe(1);
  });
});

describe('the pages of the list', () => {
  it('lead from one to the next, and lose and repeat nothing', async () => {
    const own = await room.newProject();
    const causes = [{ kind: 'manual', at: '2026-01-01T00:00:00.000Z' }] as const;
    const ids = Array.from({ length: 7 }, newRunId);
    for (const id of ids) {
      await room.deps.runs.create({ id, project: own, model: 'delay', ref: 'main', variant: null, causes });
    }
    const seen: string[] = [];
    let next: string | null = '';
    while (next !== null) {
      const after: string = next === '' ? '' : `&after=${encodeURIComponent(next)}`;
      const { body } = await room.ask('GET', `/api/v1/runs?project=${own}&limit=3${after}`);
      seen.push(...body.runs.map((run: { id: string }) => run.id));
      next = body.next;
    }
    expect(seen.toSorted()).toEqual(ids.toSorted());
  });

  it('are best first by a metric, the way that is better for it', async () => {
    const own = await room.newProject();
    const causes = [{ kind: 'manual', at: '2026-01-01T00:00:00.000Z' }] as const;
    const [low, high] = [newRunId(), newRunId()];
    for (const [id, value] of [
      [low, 0.1],
      [high, 0.9],
    ] as const) {
      await room.deps.runs.create({ id, project: own, model: 'delay', ref: 'main', variant: null, causes });
      await room.deps.runs.putScores(id, { rocAuc: value, logLoss: value });
    }
    const order = async (query: string) => {
      const { body } = await room.ask('GET', `/api/v1/runs?project=${own}&${query}`);
      return body.runs.map((run: { id: string }) => run.id);
    };
    expect(await order('sortBy=rocAuc')).toEqual([high, low]);
    expect(await order('sortBy=logLoss')).toEqual([low, high]);
    expect(await order('sortBy=logLoss&direction=higher')).toEqual([high, low]);
    const { body } = await room.ask('GET', `/api/v1/runs?project=${own}&sortBy=rocAuc&limit=1`);
    const other = await room.ask('GET', `/api/v1/runs?project=${own}&sortBy=logLoss&after=${body.next}`);
    expect([other.status, other.body.error.message]).toEqual([400, expect.stringContaining('the cursor')]);
  });
});
