import { expect, test } from 'vitest';
import type { ParameterMessage } from '../../../serving/grpc/messages/infer.js';
import { readParameters } from '../../../serving/grpc/request-parameters.js';
import { writeInferAnswer } from '../../../serving/grpc/write-infer-answer.js';

const asked = { request: { model: 'm', version: null, inputs: [], outputs: [] }, id: '7', raw: false };
const answer = { model: 'm', version: '1', outputs: [] };

test('an answer that is recorded has its id beside what else is told', () => {
  const recorded = { ...answer, predictionId: 'p' };
  const prediction_id = { string_param: 'p' };
  expect(writeInferAnswer(recorded, { ...asked, marksFinal: false }).parameters).toEqual({ prediction_id });
  const triton_final_response = { bool_param: true };
  const both = { prediction_id, triton_final_response };
  expect(writeInferAnswer(recorded, { ...asked, marksFinal: true }).parameters).toEqual(both);
  expect(writeInferAnswer(answer, { ...asked, marksFinal: false })).not.toHaveProperty('parameters');
});

const text = (string_param: string): ParameterMessage => ({ parameter_choice: 'string_param', string_param });
const whole = (low: number): ParameterMessage => ({
  parameter_choice: 'int64_param',
  int64_param: { low, high: 0, unsigned: false },
});

test('the unit is a text or a whole number, and is not asked for where none is given', () => {
  expect(readParameters({ unit_id: text('plane 7') })).toMatchObject({ unitId: 'plane 7' });
  expect(readParameters({ unit_id: whole(7) })).toMatchObject({ unitId: '7' });
  expect(readParameters({})).not.toHaveProperty('unitId');
});

test.each([text(''), text('x'.repeat(201)), { parameter_choice: 'bool_param', bool_param: true }])(
  'a unit that is none is refused: %j',
  (unit_id) => {
    expect(() => readParameters({ unit_id })).toThrow(/"unit_id" is no id/);
  },
);

test('the time of the event is a text, and none is asked for where none is given', () => {
  const at = readParameters({ event_at: text('2013-04-01T12:30:00+02:00') });
  expect(at).toMatchObject({ eventAt: '2013-04-01T10:30:00.000Z' });
  expect(readParameters({})).not.toHaveProperty('eventAt');
  expect(() => readParameters({ event_at: whole(7) })).toThrow(/"event_at" is no time/);
});
