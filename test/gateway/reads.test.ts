import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BlobRef } from '../../domain/ports/blobs.js';
import { digestOf, manifestOf } from '../conformance/dataset-manifest.js';
import { viewConfig } from '../conformance/feature-store.js';
import { type GatewayRoom, newRunId, openGatewayRoom } from './gateway-room.js';
import { membersOf } from './people.js';
import { registerModel } from './register-model.js';

const hostile = '\u001b]0;owned\u0007\u001b[2J<img src=x onerror=alert(1)>';

let room: GatewayRoom;
let project: string;
beforeAll(async () => {
  room = await openGatewayRoom();
  project = await room.newProject();
});
afterAll(() => room.close());

async function newRun(): Promise<string> {
  const id = newRunId();
  const causes = [{ kind: 'manual', by: hostile, at: '2026-01-01T00:00:00.000Z' }] as const;
  await room.deps.runs.create({ id, project, model: 'delay', ref: 'main', variant: null, causes });
  return id;
}

async function get(path: string) {
  const { status, body, text } = await room.ask('GET', `/api/v1${path}`);
  expect([status, text]).toEqual([200, text]);
  return body;
}

describe('a run', () => {
  it('shows its steps, its refusals and what registered; texts come as JSON, as they were', async () => {
    const { runs } = room.deps;
    const id = await newRun();
    const fence = await runs.beginStep({ runId: id, name: 'train', attempt: 2, worker: 'host/1/1' });
    await runs.updateStep(id, 'train', fence, { progress: hostile, inputs: { code: digestOf('a') } });
    await runs.putRefusals(id, [{ what: hostile, rule: 'parity', actual: '0.4', limit: '1e-5' }]);
    await runs.setStatus(id, 'refused', hostile);
    const run = await get(`/runs/${id}`);
    expect(run).toMatchObject({ status: 'refused', reason: hostile, version: null, notice: null });
    expect(run.causes[0].by).toBe(hostile);
    expect(run.steps[0]).toMatchObject({ name: 'train', status: 'refused', attempt: 2 });
    expect(run.steps[0]).not.toHaveProperty('worker');
    expect(run.refusals).toEqual([{ what: hostile, rule: 'parity', actual: '0.4', limit: '1e-5' }]);
  });

  it('shows the points that the training reported, in order', async () => {
    const id = await newRun();
    const at = '2026-01-01T00:00:00.000Z';
    const points = [1, 2].map((step) => ({ name: hostile, step, value: step / 4, at }));
    await room.deps.runs.appendMetrics(id, points.toReversed());
    expect((await get(`/runs/${id}/metrics`)).points).toEqual(points);
  });
});

describe('a log', () => {
  const stored = async (bytes: Uint8Array) => {
    const id = await newRun();
    await room.deps.runs.putLog(id, 'train', await room.deps.blobs.putBytes(bytes));
    return id;
  };

  it('shows escape sequences instead of sending them, as plain text', async () => {
    const id = await stored(new TextEncoder().encode(`epoch 1\t0.5\r\n10 %\r20 %\n${hostile}\n`));
    const { status, text, headers } = await room.ask('GET', `/api/v1/runs/${id}/logs/train`);
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('text/plain; charset=UTF-8');
    expect(text).toBe('epoch 1\t0.5\n10 %\n20 %\n\\x1b]0;owned\\x07\\x1b[2J<img src=x onerror=alert(1)>\n');
  });

  it('of bytes that are no text is text all the same', async () => {
    const id = await stored(new Uint8Array([0, 255, 254, 128, 10]));
    expect((await room.ask('GET', `/api/v1/runs/${id}/logs/train`)).text).toBe('\\x00\uFFFD\uFFFD\uFFFD\n');
  });

  it('that is not there names those that are', async () => {
    const id = await stored(new Uint8Array([10]));
    const { status, body } = await room.ask('GET', `/api/v1/runs/${id}/logs/evaluate`);
    expect([status, body.error.code]).toEqual([404, 'NOT_FOUND']);
    expect(body.error.message).toContain('there is train');
  });

  it('of a program of the organisation is for administrators: nobody else sees it, nor that it is there', async () => {
    const id = await stored(new Uint8Array([10]));
    await room.deps.runs.putLog(
      id,
      'organisation-fair',
      await room.deps.blobs.putBytes(new Uint8Array([65])),
    );
    const { ada } = await membersOf(room, project, { ada: ['admin'] });
    const ask = (path: string, token?: string) =>
      room.ask('GET', `/api/v1/runs/${id}${path}`, token === undefined ? {} : { token });
    const refused = await ask('/logs/organisation-fair', ada);
    expect([refused.status, refused.body.error.code]).toEqual([403, 'FORBIDDEN']);
    expect((await ask('', ada)).body.logs).toEqual([{ step: 'train', bytes: 1 }]);
    expect((await ask('/logs/none', ada)).text).not.toContain('organisation');
    expect((await ask('/logs/organisation-fair')).text).toBe('A');
  });

  it('whose object is gone is unavailable, not empty', async () => {
    const id = await newRun();
    const ref = {
      uri: (await room.deps.blobs.putBytes(new Uint8Array([1]))).uri,
      sha256: digestOf('0'),
      bytes: 1,
    };
    await room.deps.runs.putLog(id, 'train', {
      ...ref,
      uri: ref.uri.replace(/[0-9a-f]{64}$/, digestOf('0')),
    });
    const { status, body } = await room.ask('GET', `/api/v1/runs/${id}/logs/train`);
    expect([status, body.error.code]).toEqual([503, 'BLOB_MISSING']);
  });
});

describe('a comparison', () => {
  it('shows what differs, and which way a number is better', async () => {
    const [one, two] = [await newRun(), await newRun()];
    await room.deps.runs.putScores(one, { rocAuc: 0.7, anomalyRate: 0.1, same: 1 });
    await room.deps.runs.putScores(two, { rocAuc: 0.8, anomalyRate: 0.2, same: 1, extra: 3 });
    await room.deps.runs.setStatus(two, 'failed', null);
    const { runs, differences } = await get(`/runs/compare?ids=${one},${two},${one}`);
    expect(runs.map(({ id }: { id: string }) => id)).toEqual([one, two]);
    expect(differences).toEqual([
      { what: 'status', values: ['running', 'failed'], better: null },
      { what: 'anomalyRate', values: [0.1, 0.2], better: null },
      { what: 'rocAuc', values: [0.7, 0.8], better: 'higher' },
      { what: 'extra', values: [null, 3], better: null },
    ]);
  });
});

describe('a comparison of runs that were planned', () => {
  const planned = async (rounds: number, dataset: object | null) => {
    const { runs, blobs } = room.deps;
    const id = await newRun();
    const training = { algorithm: 'trees', hyperparameters: { rounds, tree: { depth: 3 } }, seed: 1 };
    const model = { training: { ...training, accelerator: 'cpu' }, evaluation: { inputs: ['a', 'b'] } };
    const configuration = await blobs.putJson(model);
    const done = async (name: string, result: object) => {
      const fence = await runs.beginStep({ runId: id, name, attempt: 1, worker: 'host/1/1' });
      await runs.endStep(id, name, fence, { status: 'succeeded', reason: null, result });
    };
    await done('prepare', { configuration, dataset: { hit: dataset } });
    if (dataset === null) await done('publish', { name: 'flights', version: 2 });
    return id;
  };

  it('tells the dataset and the hyper-parameters, whoever made the dataset', async () => {
    const one = await planned(10, { name: 'flights', version: 1 });
    const two = await planned(20, null);
    const { differences } = await get(`/runs/compare?ids=${one},${two}`);
    expect(differences).toEqual([
      { what: 'dataset', values: ['flights@1', 'flights@2'], better: null },
      { what: 'hyperparameters.rounds', values: [10, 20], better: null },
    ]);
  });
});

describe('a dataset', () => {
  const publish = async (letter: string, rows: number): Promise<BlobRef> => {
    const manifest = manifestOf(project, letter, { rows: { train: rows, validation: 2, test: 1 } });
    const ref = await room.deps.blobs.putJson(manifest);
    await room.deps.datasets.publish(manifest, ref, null);
    return ref;
  };

  it('is listed, shown by number and by tag, and compared', async () => {
    await publish('a', 70);
    await publish('b', 71);
    const { datasets } = await get(`/datasets?project=${project}`);
    expect(datasets.map(({ version }: { version: number }) => version)).toEqual([2, 1]);
    const at = `/datasets/${project}/flights`;
    expect(await get(`${at}/1`)).toMatchObject({ splits: { train: 70 }, subsets: [], digest: digestOf('a') });
    const { changes } = await get(`${at}/1/diff?with=2`);
    expect(changes).toContainEqual({ what: 'rows: train', from: 70, to: 71 });
    expect((await get(`${at}/1/diff?with=1`)).changes).toEqual([]);

    const tagged = await room.ask('POST', `/api/v1${at}/1/tags`, { body: { tag: 'gold' } });
    expect(tagged.status).toBe(200);
    expect(tagged.body).toMatchObject({
      tags: ['gold'],
      tagRows: {},
      subsets: [{ tag: 'gold', version: 1, where: null, rows: null }],
    });
    expect((await get(`${at}/gold`)).version).toBe(1);
    expect((await get(`${at}/2`)).subsets).toEqual([]);
  });

  it('takes no tag that is not a name, and no condition with control characters', async () => {
    const asked = { body: { tag: 'Not A Tag', where: 'a\u0000b' } };
    const { status, body } = await room.ask('POST', `/api/v1/datasets/${project}/flights/1/tags`, asked);
    expect(status).toBe(400);
    expect(body.error.details.problems).toHaveLength(2);
  });
});

describe('a feature view', () => {
  it('is listed and shown with its definition', async () => {
    const config = viewConfig('seats');
    await room.deps.features.declare(project, config, digestOf('f'), 'c'.repeat(40));
    const { features } = await get(`/features?project=${project}`);
    expect(features).toMatchObject([{ name: 'seats', version: 1, kind: config.kind }]);
    const view = await get(`/features/${project}/seats?version=1`);
    expect(view).toMatchObject({ definition: config, vectors: [], usedBy: [] });
  });
});

describe('a model version', () => {
  it('is listed and shown with its card and its evaluation', async () => {
    const own = await room.newProject();
    const { file } = await registerModel(room, own, { card: { purpose: hostile }, markdown: `# ${hostile}` });

    const { models } = await get(`/models?project=${own}&model=delay`);
    expect(models).toMatchObject([{ version: 1, alias: null, digest: file.sha256, metrics: { auc: 0.75 } }]);
    expect(models[0]).not.toHaveProperty('evaluationId');
    const shown = await get(`/models/${own}/delay/1`);
    expect(shown).toMatchObject({ card: { purpose: hostile }, interface: { inputs: [{ name: 'seats' }] } });
    const { status, body } = await room.ask('GET', `/api/v1/models/${own}/delay/1/evaluation`);
    expect([status, body.error.code]).toEqual([503, 'BLOB_MISSING']);
  });
});

describe('what is asked of a part that fails', () => {
  it('is told as a defect without its words, and logged', async () => {
    const broken = new Error('connect postgres://ratchet_app:the-password@10.0.0.7:5432/ratchet');
    const { list } = room.deps.projects;
    Object.assign(room.deps.projects, { list: () => Promise.reject(broken) });
    const { status, body, text } = await room.ask('GET', '/api/v1/projects');
    Object.assign(room.deps.projects, { list });
    expect([status, body.error.code]).toEqual([500, 'INTERNAL']);
    expect(text).not.toMatch(/the-password|10\.0\.0\.7|postgres:/);
    expect(room.log.at(-1)).toContain('a request failed');
  });
});
