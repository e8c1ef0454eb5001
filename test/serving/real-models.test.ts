import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { compareLabels, compareNumbers } from '../../domain/lineage/parity.js';
import { encodeRows } from '../../inference/codec/encode.js';
import { planInputs } from '../../inference/codec/input-plan.js';
import { type FixtureName, fixturePath, fixtureRows } from '../domain/onnx/fixtures.js';
import { servingRoom } from './serving-room.js';

const { open } = servingRoom();

const classifiers: readonly FixtureName[] = ['logistic', 'boosting'];
test.each(classifiers)(
  '60 rows of "%s" that come one by one are answered as scikit-learn does',
  async (name) => {
    const { plane } = await open({ 'm/1/model.onnx': readFileSync(fixturePath(name)) });
    const { columns, expected } = fixtureRows(name);
    const shape = plane.find('m', null).interface;
    if (shape === null) throw new Error('the model is not ready');
    const plan = planInputs(shape.inputs, Object.keys(columns));
    const rows = Array.from({ length: 60 }, (_, i) => encodeRows(plan, columns, i, i + 1));
    const answers = await Promise.all(
      rows.map((inputs) =>
        plane.infer({ model: 'm', version: null, inputs, outputs: ['label', 'probabilities'] }),
      ),
    );
    const labels = answers.map(({ outputs }) => outputs[0]?.data[0] as bigint);
    const probabilities = answers.map(({ outputs }) => Number(outputs[1]?.data[1]));
    expect(compareLabels(expected['label'] ?? [], BigInt64Array.from(labels)).verdict).toBe('pass');
    expect(compareNumbers(expected['probabilities'] ?? [], probabilities).verdict).toBe('pass');
    expect(plane.statistics()[0]?.batches).toBeLessThan(10);
  },
);
