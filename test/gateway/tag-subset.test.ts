import { ApplicationFailure } from '@temporalio/common';
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { TagDatasetInput, TagDatasetResult } from '../../domain/lifecycle/tag-dataset.js';
import { queues } from '../../domain/names.js';
import { manifestOf } from '../conformance/dataset-manifest.js';
import { testStack } from '../setup/stack.js';
import { workflowBundle } from '../setup/workflow-bundle.js';
import { type GatewayRoom, openGatewayRoom } from './gateway-room.js';

let room: GatewayRoom;
let connection: NativeConnection;
let workers: readonly Worker[];
let working: Promise<unknown>;
let project: string;
/** What the cpu worker does before it keeps a tag. */
let before: (input: TagDatasetInput) => Promise<void>;

/** The real story, with a cpu worker that counts seven rows whatever the condition is. */
beforeAll(async () => {
  Runtime.install({ logger: new DefaultLogger('ERROR') });
  room = await openGatewayRoom();
  const { temporal } = testStack().config;
  connection = await NativeConnection.connect({ address: temporal.address });
  const shared = { connection, namespace: temporal.namespace };
  const activities = {
    async tagSubset(input: TagDatasetInput): Promise<TagDatasetResult> {
      const { name, version, tag, where } = input;
      await before(input);
      await room.deps.datasets.tag(input.project, name, version, tag, { where, rows: 7 });
      return { version, where, rows: 7 };
    },
  };
  workers = [
    await Worker.create({
      ...shared,
      taskQueue: queues.orchestrator,
      workflowBundle: await workflowBundle(),
    }),
    await Worker.create({ ...shared, taskQueue: queues.cpu, activities }),
  ];
  working = Promise.all(workers.map((worker) => worker.run()));
});
beforeEach(async () => {
  before = async () => undefined;
  project = await room.newProject();
  const manifest = manifestOf(project, 'a');
  await room.deps.datasets.publish(manifest, await room.deps.blobs.putJson(manifest), null);
});
afterAll(async () => {
  for (const worker of workers) worker.shutdown();
  await working;
  await connection.close();
  await room.close();
});

const tag = (where: string) =>
  room.ask('POST', `/api/v1/datasets/${project}/flights/1/tags`, { body: { tag: 'jfk', where } });

describe('a condition that is given a name', () => {
  it('is kept with the rows that it selects, and shown with them', async () => {
    const { status, body } = await tag("origin = 'JFK'");
    expect(status).toBe(200);
    expect(body).toMatchObject({
      tagRows: { jfk: 7 },
      subsets: [{ tag: 'jfk', version: 1, where: "origin = 'JFK'", rows: 7 }],
    });
    const listed = await room.ask('GET', `/api/v1/datasets?project=${project}`);
    expect(listed.body.datasets).toMatchObject([{ tags: ['jfk'], tagRows: { jfk: 7 } }]);
  });

  it('is refused in the words of the story, and nothing is kept', async () => {
    before = async () => {
      throw ApplicationFailure.nonRetryable('the condition: referenced column "x" not found', 'DATASET_SQL');
    };
    const { status, body } = await tag('x > 1');
    expect(status).toBe(400);
    expect(body.error).toMatchObject({ code: 'DATASET_SQL', message: expect.stringContaining('column "x"') });
    expect(await room.deps.datasets.tags(project, 'flights')).toEqual([]);
  });

  it('is not taken for another one that gets the same name at the same time', async () => {
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const began = new Promise<void>((resolve) => {
      before = async () => {
        resolve();
        await held;
      };
    });
    const first = tag("origin = 'JFK'");
    await began;
    const second = tag("origin = 'EWR'");
    const handle = room.deps.client.workflow.getHandle(`dataset/${project}/flights/tag-jfk`);
    expect((await handle.describe()).status.name).toBe('RUNNING');
    setTimeout(release, 500);
    expect((await first).status).toBe(200);
    expect((await second).body.error).toMatchObject({ code: 'CONFLICT' });
    expect(await room.deps.datasets.tags(project, 'flights')).toMatchObject([{ where: "origin = 'JFK'" }]);
  });
});
