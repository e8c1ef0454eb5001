import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ServedPlane, servePlane } from './served-plane.js';

let served: ServedPlane;
beforeAll(async () => {
  served = await servePlane();
});
afterAll(() => served.listening.close());

const infer = { inputs: [{ name: 'x', datatype: 'FP32', shape: [1, 3], data: [1, 2, 3] }] };
const at = '2013-04-01T12:30:00+02:00';
const inUtc = '2013-04-01T10:30:00.000Z';

/** The event time that the plane was asked with. */
async function asked(path: string, body: object, headers: Record<string, string> = {}) {
  const { status } = await served.ask(path, body, headers);
  expect(status).toBe(200);
  return served.plane.asked.at(-1)?.eventAt;
}

it('what is asked about may have happened at another time, as a header or a parameter says', async () => {
  const header = { 'x-ratchet-event-at': at };
  expect(await asked('/v2/models/double/infer', infer)).toBeUndefined();
  expect(await asked('/v2/models/double/infer', infer, header)).toBe(inUtc);
  expect(await asked('/v2/models/double/infer', { ...infer, parameters: { event_at: at } })).toBe(inUtc);
  expect(await asked('/predict', [[1, 2, 3]], header)).toBe(inUtc);
  expect(await asked('/v1/models/double:predict', { instances: [[1, 2, 3]] }, header)).toBe(inUtc);
});

it.each(['yesterday', '2013-04-01', '2013-13-01T10:00:00Z', '2013-04-01T10:00:00'])(
  'a time that is none is refused: %s',
  async (text) => {
    const headers = { 'x-ratchet-event-at': text };
    const allowed = 'is no time, allowed are times such as 2026-03-01T10:00:00Z';
    expect(await served.ask('/predict', [1], headers)).toMatchObject({
      status: 400,
      body: { error: `the header x-ratchet-event-at ${allowed}` },
    });
    const body = { ...infer, parameters: { event_at: text } };
    expect(await served.ask('/v2/models/double/infer', body)).toMatchObject({
      status: 400,
      body: { error: `parameter "event_at" ${allowed}` },
    });
  },
);
