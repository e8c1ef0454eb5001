import { expect, test } from 'vitest';
import { RatchetError } from '../../domain/errors/ratchet-error.js';
import { verificationUnit } from '../../domain/predictions/verification-unit.js';
import { Departure } from '../../serving/departure.js';
import type { InferenceRequest } from '../../serving/inference-request.js';
import type { AnswerRecord } from '../../serving/record/answer-record.js';
import { TrafficTallies } from '../../serving/record/traffic-tallies.js';
import { servingRoom } from './serving-room.js';
import { addsTo } from './small-models.js';

const room = servingRoom();

const x = (...data: number[]): InferenceRequest['inputs'][number] => ({
  ...{ name: 'x', type: 'float32', dims: [data.length, 1] },
  data: Float32Array.from(data),
});
const ask = (more: Partial<InferenceRequest> = {}): InferenceRequest => ({
  ...{ model: 'adds', version: null, inputs: [x(1, 2)], outputs: [] },
  ...more,
});

test('a plane counts what it answered, refused and owed, and neither probes nor who went away', async () => {
  const meter = new TrafficTallies();
  let isFull = false;
  const record: AnswerRecord = {
    requireRoom: () => {
      if (isFull) throw new RatchetError('OVERLOADED', 'no room');
    },
    keep: async () => undefined,
    takeFeedback: () => Promise.reject(new Error('nobody tells anything here')),
    close: async () => undefined,
  };
  const { plane } = await room.open({ 'adds/1/model.onnx': addsTo(1) }, { meter, record });
  await plane.infer(ask());
  await plane.infer(ask({ unitId: verificationUnit }));
  await plane.infer(ask({ forFeedback: true }));
  await expect(plane.infer(ask({ inputs: [] }))).rejects.toMatchObject({ code: 'REQUEST_INVALID' });
  isFull = true;
  await expect(plane.infer(ask())).rejects.toMatchObject({ code: 'OVERLOADED' });
  isFull = false;
  await expect(plane.infer(ask({ model: 'none' }))).rejects.toMatchObject({ code: 'MODEL_NOT_FOUND' });
  const signal = new Departure();
  const left = plane.infer(ask({ signal }));
  signal.leave();
  await expect(left).rejects.toBe(signal.reason);
  const [counted, ...others] = meter.take();
  expect(counted).toMatchObject({ model: 'adds', version: '1', answered: 1, rows: 2, refused: 1, failed: 1 });
  expect(counted?.counts.reduce((sum, count) => sum + count, 0)).toBe(1);
  expect(counted?.sumMs).toBeGreaterThan(0);
  expect(others).toEqual([]);
  expect(meter.take()).toEqual([]);
});
