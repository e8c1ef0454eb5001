import { setTimeout as sleep } from 'node:timers/promises';
import { ApplicationFailure } from '@temporalio/common';
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunPlan, TrainModelInput } from '../../domain/lifecycle/train-model.js';
import { queues, workflowIds } from '../../domain/names.js';
import { testStack } from '../setup/stack.js';
import { workflowBundle } from '../setup/workflow-bundle.js';
import { type GatewayRoom, openGatewayRoom } from './gateway-room.js';

const hourMs = 3_600_000;
const blob = { uri: 's3://test/blobs/x', sha256: 'a'.repeat(64), bytes: 1 };

/** The real story of a training, whose first step decides for a gpu and whose other steps nobody works on. */
function plan(gpu: boolean): RunPlan {
  return {
    repo: '/repositories/any',
    commit: 'a'.repeat(40),
    modelPath: 'delay',
    configuration: blob,
    dataset: {
      name: 'flights',
      key: 'k',
      fingerprint: 'f',
      fingerprints: {},
      hit: gpu ? { name: 'flights', version: 1, digest: 'd' } : null,
    },
    queue: gpu ? queues.gpu : queues.cpu,
    capacityDeadlineMs: gpu ? hourMs : null,
    trainingDeadlineMs: hourMs,
    inputs: { code: '1', training: '2', environment: '3', evaluation: '4', purpose: '5' },
  };
}

let room: GatewayRoom;
let connection: NativeConnection;
let worker: Worker;
let working: Promise<void>;
let project: string;
const failing = new Set<string>();
const collecting = new Set<string>();

beforeAll(async () => {
  Runtime.install({ logger: new DefaultLogger('ERROR') });
  room = await openGatewayRoom();
  project = await room.newProject();
  const { temporal } = testStack().config;
  connection = await NativeConnection.connect({ address: temporal.address });
  worker = await Worker.create({
    connection,
    namespace: temporal.namespace,
    taskQueue: queues.orchestrator,
    workflowBundle: await workflowBundle(),
    activities: {
      async prepareRun({ runId }: TrainModelInput): Promise<RunPlan> {
        if (failing.has(runId)) throw ApplicationFailure.retryable('git is away', 'GIT_UNREACHABLE');
        return plan(!collecting.has(runId));
      },
      async closeRun(end: { runId: string; status: 'cancelled'; reason: string | null }): Promise<void> {
        await room.deps.runs.setStatus(end.runId, end.status, end.reason);
      },
    },
  });
  working = worker.run();
});
afterAll(async () => {
  worker.shutdown();
  await working;
  await connection.close();
  await room.close();
});

async function start(before: (id: string) => void = () => undefined) {
  const id = crypto.randomUUID();
  before(id);
  const { body } = await room.ask('POST', '/api/v1/runs', { body: { id, project, model: 'delay' } });
  return body.id as string;
}

/** Asks until the answer is as wanted. */
async function shown(id: string, wanted: (run: { status: string; steps: Step[] }) => boolean) {
  for (let times = 0; times < 100; times += 1) {
    const { body } = await room.ask('GET', `/api/v1/runs/${id}`);
    if (wanted(body)) return body;
    await sleep(100);
  }
  throw new Error('the run never came to it');
}
interface Step {
  readonly name: string;
  readonly waiting: unknown;
  readonly nextTryAt: string | null;
}
const stepOf = (run: { steps: Step[] }, name: string) => run.steps.find((step) => step.name === name);

describe('a run whose training waits for a gpu that nobody has', () => {
  it('says what it waits for, since when, until when, and what to start', async () => {
    const id = await start();
    const run = await shown(id, ({ status }) => status === 'waiting');
    const step = stepOf(run, 'train');
    expect(step).toMatchObject({ status: 'waiting', attempt: 1, startedAt: null });
    expect(step?.waiting).toMatchObject({
      for: 'capacity: gpu',
      advice: expect.stringContaining('RATCHET_GPU_DEVICES=0 ratchet up'),
    });
    const { since, until } = (step?.waiting ?? {}) as { since: string; until: string };
    expect(Date.parse(until) - Date.parse(since)).toBe(hourMs);
    expect(run.waiting).toBeNull();
  });

  it('ends at once when it is cancelled', async () => {
    const id = await start();
    await shown(id, ({ status }) => status === 'waiting');
    await room.ask('POST', `/api/v1/runs/${id}/cancel`);
    expect(await shown(id, ({ status }) => status === 'cancelled')).toMatchObject({ status: 'cancelled' });
  });
});

describe('a run whose dataset is made by a story of its own', () => {
  it('shows what that one waits for', async () => {
    const id = await start((runId) => collecting.add(runId));
    const run = await shown(id, ({ steps }) => steps.some(({ waiting }) => waiting !== null));
    expect(stepOf(run, 'collect')?.waiting).toMatchObject({ for: 'capacity: cpu', until: null });
    await room.deps.client.workflow.getHandle(workflowIds.trainModel(project, 'delay', id)).terminate();
  });
});

describe('a step that failed and is tried again', () => {
  it('shows the attempt and when the next one comes', async () => {
    const id = await start((runId) => failing.add(runId));
    const run = await shown(id, ({ steps }) =>
      steps.some(({ name, nextTryAt }) => name === 'prepare' && nextTryAt !== null),
    );
    const step = stepOf(run, 'prepare');
    expect(step).toMatchObject({ attempt: expect.any(Number), waiting: null });
    expect(Date.parse(step?.nextTryAt ?? '')).not.toBeNaN();
    await room.deps.client.workflow.getHandle(workflowIds.trainModel(project, 'delay', id)).terminate();
  });
});
