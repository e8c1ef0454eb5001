import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildApplication } from '../../../../activities/serving/application/build-application.js';
import {
  type ContractQuestion,
  checkApi,
  checkContract,
} from '../../../../activities/serving/application/check-contract.js';
import type { ApplicationApi } from '../../../../domain/contract/application-api.js';
import { stockApi } from '../../../../domain/contract/stock-api.js';
import { predictModelRows } from '../../../../inference/codec/model-rows.js';
import { type OpenModel, openModel } from '../../../../inference/model-host.js';
import { addsTo } from '../../../serving/small-models.js';
import { applicationRoom, oneNumber } from './application-room.js';

const room = applicationRoom();
let model: OpenModel;
beforeAll(async () => {
  const { folder } = await room.work();
  const path = join(folder, 'model.onnx');
  await writeFile(path, addsTo(1));
  model = await openModel(path, { deadlineMs: 60_000, memoryBytes: 600 * 2 ** 20 });
});
afterAll(() => model.close());

async function check(text: string, more: Partial<ContractQuestion> = {}, signal?: AbortSignal) {
  const source = await room.source({ 'src/application.ts': text, 'src/application.test.ts': null });
  const { bundlePath } = await buildApplication(room.deps(), source, await room.work());
  const about = {
    name: 'plus',
    version: '1',
    interface: model.interface,
    predict: (rows: Parameters<ContractQuestion['model']['predict']>[0]) => predictModelRows(model, rows),
  };
  const question = { bundlePath, model: about, samples: [], live: null, ...more };
  return checkContract(room.deps(), question, await room.work(signal));
}

describe('the contract of an application', () => {
  it('holds where its own examples and real rows go through the model and come back as its API says', async () => {
    const samples = [{ a: 5, other: 'x' }, { other: 'no a' }, { a: -2 }];
    expect(await check(oneNumber({}), { samples })).toMatchObject({
      api: { version: '1.0' },
      examples: 1,
      samples: 2,
      declaredBreaks: [],
    });
  });

  it('asks the rows that the application makes of real ones, and passes over those it makes none of', async () => {
    const sample =
      'sample: (columns) => columns.weight === undefined ? null : { a: columns.weight },\n  preprocess';
    const text = oneNumber({}).replace('preprocess', sample);
    const samples = [{ weight: 1 }, { weight: 2 }, { other: 3 }];
    expect(await check(text, { samples })).toMatchObject({ examples: 1, samples: 2 });
    await expect(check(text, { samples: [{ weight: 'heavy' }] })).rejects.toMatchObject({
      code: 'API_BROKEN',
      message: 'what sample makes of sample row 0 does not fit: "a" is a text, allowed is a number',
    });
  });

  it.each<[string, string, string, string]>([
    [
      'an input of the model is not made',
      oneNumber({ preprocess: 'return { z: 1 };' }),
      'API_BROKEN',
      'what preprocess makes of sample row 0 does not fit: it has "z", which is none of x',
    ],
    [
      'an input has another type',
      oneNumber({ preprocess: 'return { x: "1" };' }),
      'API_BROKEN',
      '"x" is a text, allowed is a number',
    ],
    [
      'preprocess gives nothing',
      oneNumber({ preprocess: '' }),
      'API_BROKEN',
      'it is null, asked for is an object with x',
    ],
    [
      'an answer has another field',
      oneNumber({ postprocess: 'return { z: 1 };' }),
      'API_BROKEN',
      'the answer to sample row 0 does not fit: it has "z", which is none of y',
    ],
    [
      'an answer has another type',
      oneNumber({ postprocess: 'return { y: "2" };' }),
      'API_BROKEN',
      '"y" is a text, allowed is a number',
    ],
    [
      'a row that fits makes it throw',
      oneNumber({ preprocess: 'throw new Error("not today");' }),
      'APPLICATION_FAILED',
      'preprocess failed on sample row 0: not today',
    ],
    [
      'a metric is given nonsense',
      oneNumber({ postprocess: 'context.metrics.asked.inc({}, -1); return { y: 1 };' }),
      'APPLICATION_FAILED',
      'metric "asked" was given -1',
    ],
    [
      'it takes more memory than it may',
      oneNumber({ preprocess: 'const all = []; for (;;) all.push(new Array(1e6).fill(1.5));' }),
      'APPLICATION_FAILED',
      'instead of an answer',
    ],
  ])('is broken where %s', async (_, text, code, words) => {
    await expect(check(text)).rejects.toMatchObject({ code, message: expect.stringContaining(words) });
  });

  it('does not wait for an application that never ends when nobody waits any more', async () => {
    const gone = new AbortController();
    const checked = check(oneNumber({ preprocess: 'for (;;);' }), {}, gone.signal);
    setTimeout(() => gone.abort(new Error('cancelled')), 3000);
    await expect(checked).rejects.toThrow('cancelled');
  });

  it('is broken where the API that is live is, and the fields are named', async () => {
    const live: ApplicationApi = {
      version: '1.0',
      input: { a: { type: 'number', required: true, nullable: true, allowed: null, shape: [] } },
      output: { z: { type: 'number', required: true, nullable: false, allowed: null, shape: [] } },
    };
    await expect(check(oneNumber({}), { live })).rejects.toMatchObject({
      code: 'API_BROKEN',
      message: expect.stringContaining('input "a" takes null no more; output "z" is gone'),
    });
    const raised = oneNumber({}).replace("'1.0'", "'2.0'");
    expect((await check(raised, { live })).declaredBreaks).toEqual([
      'input "a" takes null no more',
      'output "z" is gone',
    ]);
  });
});

describe('an endpoint without serving code', () => {
  it('breaks its clients where a model with other inputs comes', () => {
    const stock = stockApi(model.interface);
    expect(checkApi(null, stock)).toEqual([]);
    expect(checkApi(stock, stock)).toEqual([]);
    const other = stockApi({ ...model.interface, inputs: [] });
    expect(() => checkApi(stock, other)).toThrow('input "x" is gone');
  });
});
