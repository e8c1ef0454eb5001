import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { type ReplayDeps, replayAnswers } from '../../../../activities/monitoring/replay/replay-answers.js';
import { RatchetError } from '../../../../domain/errors/ratchet-error.js';
import type { BlobRef } from '../../../../domain/ports/blobs.js';
import type { TrafficRow } from '../../../../domain/ports/watches.js';
import { encodeRows } from '../../../../inference/codec/encode.js';
import { planInputs } from '../../../../inference/codec/input-plan.js';
import { forkHost } from '../../../../inference/host-connection.js';
import { openModel } from '../../../../inference/model-host.js';
import { rowValues } from '../../../../serving/record/row-values.js';
import { type FixtureName, fixtureBytes, fixturePath, fixtureRows } from '../../../domain/onnx/fixtures.js';
import { createMemoryBlobStore } from '../../../fakes/memory-blob-store.js';

const workDir = mkdtempSync(join(tmpdir(), 'ratchet replay '));
afterAll(() => rmSync(workDir, { recursive: true, force: true }));

const limits = { deadlineMs: 20_000, memoryBytes: 600 * 2 ** 20 };
const asked = {
  ...{ project: 'trips', endpoint: 'web', mostRows: 1000 },
  ...{ from: '2026-01-01T00:00:00.000Z', to: '2026-01-02T00:00:00.000Z' },
};
const { signal } = new AbortController();

/** Rows as a server records them: what the file answers, seven at a time, in the form of the record. */
async function recorded(name: FixtureName): Promise<TrafficRow[]> {
  const model = await openModel(fixturePath(name), limits);
  const { columns } = fixtureRows(name);
  const order = Object.keys(columns);
  const all = Object.values(columns)[0]?.length ?? 0;
  const rows: TrafficRow[] = [];
  for (let from = 0; from < all; from += 7) {
    const to = Math.min(from + 7, all);
    const part = Object.fromEntries(order.map((column) => [column, columns[column]?.slice(from, to) ?? []]));
    const inputs = rowValues(
      encodeRows(planInputs(model.interface.inputs, order), part, 0, to - from),
      to - from,
    );
    const answers = [...(await model.run(part, { order })).values()];
    const outputs = rowValues(answers, to - from);
    for (let row = 0; row < to - from; row += 1)
      rows.push({
        ...{ id: `request-${from}`, row, eventAt: asked.from, truths: [] },
        inputs: JSON.parse(inputs?.[row] ?? '{}'),
        outputs: JSON.parse(outputs?.[row] ?? '{}'),
      });
  }
  await model.close();
  return rows;
}

async function replaying(name: FixtureName, rows: readonly TrafficRow[]) {
  const blobs = createMemoryBlobStore();
  const file: BlobRef = await blobs.putBytes(fixtureBytes(name));
  const share = {
    project: 'trips',
    model: 'delay',
    version: '3',
    modelDigest: file.sha256,
    rows: rows.length,
  };
  const gone = { ...share, version: '2', modelDigest: '0'.repeat(64), rows: 4 };
  const deps = {
    ...{ blobs, workDir, takeHost: forkHost },
    registry: {
      get: async (_: string, __: string, version: string) => {
        if (version === '3') return { file };
        throw new RatchetError('MODEL_NOT_FOUND', 'there is no version 2');
      },
    },
    traffic: {
      versions: async () => [share, gone],
      rows: async (_: unknown, digest: string) => (digest === file.sha256 ? rows : []),
    },
  } as unknown as ReplayDeps;
  return await replayAnswers(deps, asked, signal);
}

describe('answers that are asked for again', () => {
  it.each<FixtureName>(['logistic', 'boosting', 'regression', 'isolation-forest', 'kmeans'])(
    'of %s are the same to the last bit, where the rows of a request are asked together',
    async (name) => {
      const rows = await recorded(name);
      const found = await replaying(name, rows);
      expect(found).toMatchObject({ compared: rows.length, equal: rows.length, differing: 0, worst: [] });
      expect(found).toMatchObject({ unreadable: 0, unknown: 4, tolerance: 1e-6 });
      expect(found.versions).toMatchObject([{ model: 'delay', version: '3', compared: rows.length }]);
    },
  );

  it('agree within the tolerance in batches of another shape', async () => {
    const rows = (await recorded('logistic')).map((row, at) => ({ ...row, id: `alone-${at}` }));
    expect(await replaying('logistic', rows)).toMatchObject({ compared: rows.length, differing: 0 });
  });

  it('find a recorded output that somebody changed, by how much, and no other', async () => {
    const rows = await recorded('regression');
    const [first, second, third] = rows;
    if (first === undefined || second === undefined || third === undefined) throw new Error('no rows');
    const was = Number(first.outputs['variable']);
    rows[0] = { ...first, outputs: { variable: was + 0.5 } };
    rows[1] = { ...second, outputs: { variable: 'a text' } };
    rows[2] = { ...third, outputs: { variable: Number(third.outputs['variable']) * (1 + 1e-8) } };
    const found = await replaying('regression', rows);
    expect(found).toMatchObject({ compared: rows.length, equal: rows.length - 3, differing: 2 });
    expect(found.worst.slice(0, 2)).toMatchObject([
      { predictionId: second.id, row: second.row, output: 'variable', difference: null, stored: 'a text' },
      { predictionId: first.id, row: first.row, replayed: String(was) },
    ]);
    expect(found.worst[1]?.difference).toBeCloseTo(0.5, 6);
  });

  it('leave out, and count, rows whose inputs are not there as they came', async () => {
    const rows = await recorded('logistic');
    const [first, second] = rows;
    if (first === undefined || second === undefined) throw new Error('no rows');
    const [column = ''] = Object.keys(first.inputs);
    rows[0] = { ...first, inputs: { ...first.inputs, [column]: { masked: true } } };
    rows[1] = { ...second, inputs: Object.fromEntries(Object.entries(second.inputs).slice(1)) };
    expect(await replaying('logistic', rows)).toMatchObject({
      ...{ compared: rows.length - 2, unreadable: 2, differing: 0 },
    });
  });

  it('are none where nothing was asked', async () => {
    expect(await replaying('logistic', [])).toMatchObject({ compared: 0, differing: 0, unreadable: 0 });
  });
});
