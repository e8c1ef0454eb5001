import { createHash } from 'node:crypto';
import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { modelInterface } from '../../domain/onnx/model-interface.js';
import { openBundledModel } from '../../inference/bundle/bundled-model.js';
import { type ModelRow, predictModelRows } from '../../inference/codec/model-rows.js';
import { openModel } from '../../inference/model-host.js';
import { type FixtureName, fixtureBytes, fixturePath, fixtureRows } from '../domain/onnx/fixtures.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bundled model '));
});
afterEach(() => rm(folder, { recursive: true }));

async function bundled(name: FixtureName) {
  await copyFile(fixturePath(name), join(folder, 'model.onnx'));
  const sha256 = createHash('sha256').update(fixtureBytes(name)).digest('hex');
  const facts = { sha256, interface: modelInterface(fixtureBytes(name)) };
  await writeFile(join(folder, 'model.json'), JSON.stringify(facts));
  return openBundledModel(pathToFileURL(`${folder}/`));
}

/** So many rows by the names of the inputs; columns of one wide input lie in an array. */
function rowsOf(name: FixtureName, count: number): readonly ModelRow[] {
  const { columns } = fixtureRows(name);
  const { inputs } = modelInterface(fixtureBytes(name));
  const names = Object.keys(columns);
  const length = columns[names[0] ?? '']?.length ?? 0;
  return Array.from({ length: count }, (_, at) => {
    const cells = names.map((column) => [column, columns[column]?.[at % length] ?? null] as const);
    const [only] = inputs;
    if (inputs.length > 1 || only === undefined || names.includes(only.name))
      return Object.fromEntries(cells);
    return { [only.name]: cells.map(([, cell]) => cell) };
  });
}

describe('a bundled model', () => {
  it.each<FixtureName>(['logistic', 'boosting', 'regression'])(
    'answers 10,000 rows of "%s" bit for bit as the host of the evaluator does',
    async (name) => {
      const rows = rowsOf(name, 10_000);
      const host = await openModel(fixturePath(name), { deadlineMs: 60_000, memoryBytes: 1024 ** 3 });
      try {
        const { predict } = await bundled(name);
        expect(await predict(rows)).toEqual(await predictModelRows(host, rows));
        expect(await predict(rows.slice(7, 8))).toEqual(await predictModelRows(host, rows.slice(7, 8)));
        expect(await predict([])).toEqual([]);
      } finally {
        await host.close();
      }
    },
  );

  it.each<[ModelRow, string]>([
    [{ features: [1] }, 'row 1 has 1 values for "features"'],
    [{ features: ['a', 1, 2, 3, 4, 5] }, 'row 1 has'],
    [{}, 'row 1 has no "features"'],
  ])('refuses the row %j, and says which it is', async (row, words) => {
    const { predict } = await bundled('boosting');
    const [good = {}] = rowsOf('boosting', 1);
    await expect(predict([good, row])).rejects.toMatchObject({
      code: 'MODEL_INTERFACE',
      message: expect.stringContaining(words),
    });
  });
});
