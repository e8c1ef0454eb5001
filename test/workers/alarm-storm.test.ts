import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { until } from '../../scripts/soak/chaos/until.js';
import type { Program } from './program.js';
import { openProgramRoom, type ProgramRoom } from './program-room.js';
import { createTinyRepository } from './tiny-repository.js';

const project = 'storm';
const alarms = 1000;
/** After how many of them the orchestrator is killed, and after how many it is started again. */
const killedAt = 300;
const backAt = 600;
/** Requests on their way at once. */
const senders = 20;
const patienceMs = 200_000;
const triggers = '\ntriggers:\n  handling: { coolDown: 1 hour }\n';
const budgets = '\nbudgets: { runsPerWeek: 2 }\n';

let room: ProgramRoom;
let orchestrator: Program;
beforeAll(async () => {
  room = await openProgramRoom({ RATCHET_GATEWAY_REQUESTS_PER_SECOND: '100000' });
  [orchestrator] = await Promise.all([room.start('orchestrator'), room.start('cpu')]);
  const { path } = await createTinyRepository(join(room.stateDir, project), {
    'ratchet.project.yaml': (text) => text.replace(/^project: .*$/m, `project: ${project}`) + budgets,
    'models/tiny/ratchet.yaml': (text) => text + triggers,
  });
  expect((await room.ask('POST', '/api/v1/projects', { repo: path })).status).toBe(200);
});
afterAll(() => room.close());

const raise = (n: number) =>
  room.ask('POST', `/api/v1/models/${project}/tiny/alarms`, {
    ...{ id: `drift-${n}`, alarm: 'drift of x', rule: 'population stability index' },
    ...{ value: 0.3 + n / 10_000, limit: 0.2 },
  });

/** Raises one again where it could not be taken, as whoever sends alarms does. */
async function raiseUntilTaken(n: number): Promise<number> {
  for (;;) {
    const { status } = await raise(n);
    if (status !== 503) return status;
  }
}

/** Raises the alarms of these numbers, several at a time; how they were answered. */
async function raiseAll(from: number, to: number): Promise<ReadonlySet<number>> {
  const statuses = new Set<number>();
  let next = from;
  const sender = async () => {
    for (let n = next++; n < to; n = next++) statuses.add(await raiseUntilTaken(n));
  };
  await Promise.all(Array.from({ length: senders }, sender));
  return statuses;
}

async function allEvents() {
  const events = [];
  for (let after: string | undefined; ; ) {
    const page = await room.stores.triggers.list({ project, limit: 200, ...(after && { after }) });
    events.push(...page.events.filter(({ kind }) => kind === 'monitoring'));
    if (page.next === null) return events;
    after = page.next;
  }
}

const settled = () =>
  until('every alarm has its outcome', patienceMs, async () => {
    const events = await allEvents();
    return events.some(({ outcome }) => outcome === null) ? undefined : events;
  });

const runs = async () => (await room.ask('GET', `/api/v1/runs?project=${project}`)).body.runs;

describe('a thousand alarms of one model, while the orchestrator is killed and comes back', {
  timeout: 600_000,
}, () => {
  it('are all taken, and lead to one run, which counts those that are its causes', async () => {
    const first = await raiseAll(0, killedAt);
    await orchestrator.kill();
    const meanwhile = await raiseAll(killedAt, backAt);
    orchestrator = await room.start('orchestrator');
    const last = await raiseAll(backAt, alarms);
    expect([...first, ...meanwhile, ...last].filter((status) => status !== 202)).toEqual([]);
    const events = await settled();
    expect(new Set(events.map(({ key }) => key)).size).toBe(alarms);
    expect(events).toHaveLength(alarms);
    const started = events.filter(({ outcome }) => outcome?.kind === 'started');
    expect(started).toHaveLength(1);
    const runId = started[0]?.outcome?.kind === 'started' ? started[0].outcome.runId : '';
    const run = await room.shown(runId, ({ endedAt }) => endedAt !== null);
    expect(run).toMatchObject({ status: 'succeeded', automatic: true });
    const causes = events.filter(({ outcome }) => outcome !== null && outcome.kind !== 'suppressed');
    expect(run.causes.reduce((sum, { more = 0 }) => sum + 1 + more, 0)).toBe(causes.length);
    expect(await runs()).toHaveLength(1);
  });

  it('say of each that started nothing by which rule, and which run it was', async () => {
    const others = (await settled()).flatMap(({ outcome }) =>
      outcome?.kind === 'suppressed' ? [outcome] : [],
    );
    expect(new Set(others.map(({ rule }) => rule))).toEqual(new Set(['cool-down']));
    for (const { reason } of others)
      expect(reason).toMatch(/^(run [0-9a-f-]{36} is in flight|the cool-down of 1 hour after)/);
  });

  it('start no run either when one of them is raised again, or one more after the run', async () => {
    expect((await raise(0)).status).toBe(202);
    expect((await raise(alarms)).body).toMatchObject({ key: `alarm:drift-${alarms}` });
    const events = await settled();
    expect(events).toHaveLength(alarms + 1);
    const late = events.find(({ key }) => key === `alarm:drift-${alarms}`);
    expect(late?.outcome).toMatchObject({ kind: 'suppressed', rule: 'cool-down' });
    expect(events.find(({ key }) => key === 'alarm:drift-0')?.repeats).toBe(1);
    expect(await runs()).toHaveLength(1);
  });
});
