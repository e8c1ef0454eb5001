import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connect } from '../../db/client.js';
import { createPredictionSink } from '../../db/predictions.js';
import type { PredictionRow, PredictionSink, ServedModel } from '../../domain/ports/predictions.js';
import { timeOfPredictionId } from '../../domain/predictions/prediction-id.js';
import { verificationUnit } from '../../domain/predictions/verification-unit.js';
import { recordedLines } from '../../gateway/reads/recorded-lines.js';
import { served } from '../recording/answered-rows.js';
import { type GatewayRoom, openGatewayRoom } from './gateway-room.js';
import { membersOf } from './people.js';
import { registerModel } from './register-model.js';
import { servingWorld } from './serving-world.js';

let room: GatewayRoom;
let project: string;
let sink: PredictionSink;
let models: readonly [ServedModel, ServedModel];
let tokens: Record<'anna' | 'lisa', string>;
beforeAll(async () => {
  room = await openGatewayRoom();
  project = await room.newProject();
  await servingWorld(room, project, { isWanted: false });
  tokens = await membersOf(room, project, { anna: ['data-scientist'], lisa: ['business-analyst'] });
  const url = room.beneath.database.servingUrl;
  sink = createPredictionSink(connect(url, { poolSize: 1, application: 'test' }));
  const of = (last: string, shape: readonly number[]): ServedModel => ({
    ...{ ...served, id: `01234567-89ab-8cde-a000-00000000000${last}`, project, endpoint: `${project}/web` },
    ...{ model: 'delay', version: last, modelDigest: last.repeat(64) },
    interface: {
      inputs: [
        { name: 'seats', type: 'int64', shape: [-1, 1] },
        { name: 'origin', type: 'string', shape: [...shape] },
      ],
      outputs: [{ name: 'late', type: 'float32', shape: [-1, 1] }],
    },
  });
  models = [of('1', [-1, 1]), of('2', [-1, 1])];
});
afterAll(async () => {
  await sink.close();
  await room.close();
});

const at = (day: number, second = 0) => new Date(Date.UTC(2013, 3, day, 0, 0, second)).toISOString();
let ids = 0;
function row(model: ServedModel, eventAt: string | null, more: Partial<PredictionRow> = {}): PredictionRow {
  ids += 1;
  const hex = (Date.UTC(2026, 5, 1) + ids).toString(16).padStart(12, '0');
  const id = `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-${String(ids).padStart(12, '0')}`;
  return {
    ...{
      id,
      row: 0,
      at: timeOfPredictionId(id) ?? '',
      served: model.id,
      eventAt,
      unit: null,
      requestId: null,
    },
    ...{ forFeedback: false, inputs: '{"seats":9007199254740993,"origin":"JFK"}', outputs: '{"late":0.25}' },
    ...more,
  };
}
const ask = (query: string, token = tokens.anna) =>
  room.ask('GET', `/api/v1/endpoints/${project}/web/predictions?${query}`, { token });
const linesOf = ({ text }: { readonly text: string }) =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
const days = (from: number, to: number) => `from=${at(from)}&to=${at(to)}`;

describe('the raw record of an endpoint', () => {
  it('has every row of the span once, version by version in the order of events, page after page', async () => {
    const [one, two] = models;
    const first = Array.from({ length: 4500 }, (_, second) => row(one, at(1, second)));
    await sink.store([...models], [...first.toReversed(), row(two, at(1)), row(two, at(3)), row(one, at(2))]);
    const answer = await ask(days(1, 2));
    expect(answer.status).toBe(200);
    const [head, ...rest] = linesOf(answer);
    expect(head).toMatchObject({
      inputs: [
        { name: 'seats', kind: 'integer' },
        { name: 'origin', kind: 'text' },
      ],
      outputs: [{ name: 'late', kind: 'number' }],
    });
    expect(rest.at(-1)).toEqual({ end: { rows: 4501 } });
    const rows = rest.slice(0, -1);
    expect(rows.map(({ id }) => id).slice(0, -1)).toEqual(first.map(({ id }) => id));
    expect(rows.at(-1)).toMatchObject({ model: 'delay', version: '2', eventAt: at(1), forFeedback: false });
  });

  it('keeps digits, has what each source said, and is without what a release asked', async () => {
    const told = row(models[0], at(5));
    const asked = row(models[0], at(5), { unit: verificationUnit });
    const replayed = row(models[0], at(5), { forFeedback: true, unit: 'u-1' });
    await sink.store([...models], [told, asked, replayed]);
    const feedback = { predictionId: told.id, row: 0, reward: null, eventAt: at(6), receivedAt: at(7) };
    await sink.storeFeedback([{ ...feedback, source: 'airline', truth: '1' }]);
    const answer = await ask(`${days(5, 6)}&sensitive=true`);
    expect(answer.text).toContain('"seats": 9007199254740993');
    expect(linesOf(answer).slice(1)).toEqual([
      expect.objectContaining({
        id: told.id,
        truths: [{ source: 'airline', truth: 1, reward: null, at: at(6), receivedAt: at(7) }],
      }),
      expect.objectContaining({ id: replayed.id, forFeedback: true, unit: 'u-1', truths: [] }),
      { end: { rows: 2 } },
    ]);
  });

  it('leaves sensitive columns out, and of a version that nobody can ask about all inputs', async () => {
    const purpose = { sensitiveColumns: ['origin'] };
    const other = await room.newProject();
    await registerModel(room, other, { card: { purpose }, markdown: '#' });
    const name = { project: other, endpoint: 'web' };
    const [model] = models;
    const known = {
      ...model,
      id: '01234567-89ab-8cde-a000-0000000000aa',
      project: other,
      endpoint: `${other}/web`,
    };
    const unknown = { ...known, id: '01234567-89ab-8cde-a000-0000000000ab', version: '77' };
    await sink.store([known, unknown], [row(known, at(1)), row(unknown, at(1))]);
    const read = async (withSensitive: boolean) => {
      const span = { from: at(1), to: at(2) };
      let text = '';
      for await (const part of await recordedLines(room.deps, { name, span, withSensitive })) text += part;
      return linesOf({ text });
    };
    const [head, one, two] = await read(false);
    expect(head.leftOut).toEqual([
      { model: 'delay', version: '1', names: ['origin'], allInputs: false },
      { model: 'delay', version: '77', names: [], allInputs: true },
    ]);
    expect(Object.keys(one.inputs)).toEqual(['seats']);
    expect([two.inputs, two.outputs]).toEqual([null, { late: 0.25 }]);
    const [whole, all] = await read(true);
    expect([whole.leftOut, Object.keys(all.inputs)]).toEqual([[], ['seats', 'origin']]);
  });

  it('is told to the audit before a row leaves, with the span and whether sensitive columns were asked for', async () => {
    await ask(`${days(8, 9)}&sensitive=true`);
    const [told] = await room.deps.audit.list({ project, action: 'predictions.pulled', limit: 1 });
    expect(told).toMatchObject({ actor: 'anna', subject: 'web' });
    expect(JSON.parse(told?.details ?? '')).toMatchObject({ from: at(8), to: at(9), withSensitive: true });
  });

  it('is empty where nothing was asked, and refused for a span that is none and to who pulls no data', async () => {
    expect(linesOf(await ask(days(20, 21))).at(-1)).toEqual({ end: { rows: 0 } });
    expect((await ask(days(2, 2))).body.error.code).toBe('REQUEST_INVALID');
    expect((await ask('from=yesterday&to=today')).body.error.code).toBe('REQUEST_INVALID');
    expect((await ask(days(1, 2), tokens.lisa)).status).toBe(403);
    const none = `/api/v1/endpoints/${project}/none/predictions?${days(1, 2)}`;
    expect((await room.ask('GET', none, { token: tokens.anna })).body.error.code).toBe('ENDPOINT_NOT_FOUND');
  });
});
