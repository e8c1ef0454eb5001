import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { buildApplication } from '../../activities/serving/application/build-application.js';
import { checkContract } from '../../activities/serving/application/check-contract.js';
import { testApplication } from '../../activities/serving/application/test-application.js';
import { parseModel } from '../../domain/config/configuration-files.js';
import type { OnnxInterface } from '../../domain/onnx/model-interface.js';
import { applicationRoom } from '../activities/serving/application/application-room.js';

const root = join(import.meta.dirname, '../..');
const source = join(root, 'examples/flight-delay/serving/late-arrival');
const room = applicationRoom();

const datasetRow = {
  flight_key: 'x',
  carrier: 'DL',
  origin: 'LGA',
  dest: 'ATL',
  distance: 762,
  sched_min: 425,
  dow: 7,
  temp: 41,
  wind_gust: null,
  late: 0,
};

/** As the trainers of the example export it: a text or a float a column. */
function declaredInterface(): OnnxInterface {
  const file = 'models/late-arrival/ratchet.yaml';
  const { evaluation } = parseModel(readFileSync(join(root, 'examples/flight-delay', file), 'utf8'), file);
  const texts = ['carrier', 'origin', 'dest'];
  const inputs = evaluation.inputs.map(
    (name) => ({ name, type: texts.includes(name) ? 'string' : 'float32', shape: [-1, 1] }) as const,
  );
  return { inputs, outputs: [{ name: 'probabilities', type: 'float32', shape: [-1, 2] }] };
}

describe('the serving application of the flight-delay example', () => {
  it('has good types', async () => {
    const compiler = join(root, 'node_modules/typescript-native/bin/tsc');
    const { stdout } = await promisify(execFile)(process.execPath, [compiler, '-p', source]);
    expect(stdout).toBe('');
  });

  it('passes its own tests, and asks the model for what the model reads', async () => {
    expect(await testApplication(room.deps(), source, await room.work())).toMatchObject({ exitCode: 0 });
    const { bundlePath } = await buildApplication(room.deps(), source, await room.work());
    const model = {
      name: 'late-arrival',
      version: '1',
      interface: declaredInterface(),
      predict: async (rows: readonly unknown[]) =>
        rows.map(() => ({ label: 1, probabilities: [0.25, 0.75] })),
    };
    const question = { bundlePath, model, samples: [datasetRow, { carrier: 'UA' }], live: null };
    expect(await checkContract(room.deps(), question, await room.work())).toMatchObject({
      examples: 2,
      samples: 1,
    });
  });

  it('has the types file that new-app writes', () => {
    const types = readFileSync(join(root, 'examples/serving-template/src/ratchet.ts'), 'utf8');
    expect(readFileSync(join(source, 'src/ratchet.ts'), 'utf8')).toBe(types);
  });
});
