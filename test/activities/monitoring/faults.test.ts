import { describe, expect, it } from 'vitest';
import type { TrafficRow } from '../../../domain/ports/watches.js';
import { type Day, day, openWatchRoom } from './watch-room.js';

const monitoring = {
  windows: { every: '1 day', lateness: '1 hour', idle: '6 hours' },
  truth: { every: '1 day', from: '1970-01-01', lateness: '1 hour', idle: '6 hours' },
};
const soundDays = 3;
const spoiltDays = 5;

type Inputs = TrafficRow['inputs'];
const inputs = (change: (inputs: Inputs, at: number) => Inputs): Day => ({
  spoil: (row, at) => ({ ...row, inputs: change(row.inputs, at) }),
});
const numberIn = (of: Inputs, name: string) => Number(of[name]);

interface Case {
  readonly fault: string;
  readonly made: Day | ((spoiltDay: number) => Day);
  /** Days before them; without any the version never saw a sound one. */
  readonly sound?: number;
  /** Kind and cause of each incident, and the columns of its first sight. */
  readonly incidents: readonly (readonly [kind: string, cause: string, columns: readonly string[]])[];
  readonly asks?: boolean;
  /** `monitoring.detectors`. */
  readonly detectors?: object;
}

/** Every second row is the one before again. */
function twice(): NonNullable<Day['spoil']> {
  let last: Inputs = {};
  return (row, at) => {
    if (at % 2 === 1) return { ...row, inputs: last };
    last = row.inputs;
    return row;
  };
}

const unsure = ({ outputs }: TrafficRow) => (Number(outputs['score']) > 0.5 ? 0.55 : 0.45);

const earlier = (time: string, hours: number) => new Date(Date.parse(time) - hours * 3_600_000).toISOString();

const cases: readonly Case[] = [
  {
    fault: 'a column that has another name',
    made: inputs(({ x, ...others }) => ({ ...others, x_new: x })),
    incidents: [['data-skew', 'skew:missing-column', ['x']]],
  },
  {
    fault: 'a column of numbers that comes as text',
    made: inputs((of) => ({ ...of, x: `${numberIn(of, 'x')} kg` })),
    incidents: [['data-skew', 'skew:unreadable-values', ['x']]],
  },
  {
    fault: 'a column in other units',
    made: inputs((of) => ({ ...of, x: numberIn(of, 'x') * 1.609344 })),
    incidents: [['data-skew', 'skew:unit-change', ['x']]],
  },
  {
    fault: 'a burst of nulls',
    made: inputs((of, at) => (at % 5 === 0 ? { ...of, y: null } : of)),
    incidents: [['data-skew', 'skew:null-burst', ['y']]],
  },
  {
    fault: 'a category that was never there',
    made: inputs((of, at) => (at % 5 === 0 ? { ...of, kind: 'd' } : of)),
    incidents: [['data-skew', 'skew:new-category', ['kind']]],
  },
  {
    fault: 'a sensor that stands still',
    made: inputs((of) => ({ ...of, x: 10.2 })),
    incidents: [['data-skew', 'skew:frozen-values', ['x']]],
  },
  {
    fault: 'values that the contract does not allow',
    made: inputs((of, at) => (at % 20 === 0 ? { ...of, y: 99 } : of)),
    incidents: [['data-skew', 'skew:broken-contract', ['y']]],
  },
  {
    fault: 'two faults of two sources at once',
    made: inputs((of, at) => ({
      ...of,
      x: numberIn(of, 'x') * 100,
      y: at % 5 === 0 ? null : (of['y'] ?? null),
    })),
    incidents: [
      ['data-skew', 'skew:null-burst', ['y']],
      ['data-skew', 'skew:unit-change', ['x']],
    ],
  },
  {
    fault: 'spoilt data under which the answers get worse',
    made: { right: 0.4, ...inputs((of) => ({ ...of, x: 10.2 })) },
    incidents: [['data-skew', 'skew:frozen-values', ['x']]],
  },
  {
    fault: 'a shift that does no harm',
    made: { shift: 1 },
    incidents: [['covariate-drift', 'model', ['x']]],
  },
  {
    fault: 'a shift that comes little by little',
    made: (spoiltDay) => ({ shift: 0.2 * (spoiltDay + 1) }),
    incidents: [['covariate-drift', 'model', ['x']]],
  },
  {
    fault: 'a spread that doubles about the same mean',
    made: inputs((of) => ({ ...of, x: 10 + 2 * (numberIn(of, 'x') - 10) })),
    incidents: [['covariate-drift', 'model', ['x']]],
  },
  {
    fault: 'rows of which only some are sent any more',
    made: inputs((of, at) => (at % 2 === 0 ? { ...of, kind: 'a' } : of)),
    incidents: [['covariate-drift', 'model', ['kind']]],
  },
  {
    fault: 'a shift that does harm',
    made: { shift: 1, right: 0.4 },
    incidents: [['harmful-drift', 'model', ['x']]],
    asks: true,
  },
  {
    fault: 'a truth that turned about',
    made: { right: 0.2 },
    incidents: [['concept-drift', 'model', []]],
    asks: true,
  },
  {
    fault: 'a model that answers the same to all',
    made: { right: 0.5, spoil: (row) => ({ ...row, outputs: { score: 0.8 } }) },
    incidents: [['unexplained-loss', 'model', []]],
  },
  {
    fault: 'inputs that move together where they did not',
    made: inputs((of) => ({ ...of, y: numberIn(of, 'x') - 10 })),
    incidents: [['covariate-drift', 'model', []]],
  },
  {
    fault: 'rows that lie alone',
    made: inputs((of, at) => (at % 25 === 0 ? { ...of, x: 17, y: 7 } : of)),
    incidents: [['covariate-drift', 'model', []]],
  },
  {
    fault: 'inputs that move together where they did not, by their discrepancy',
    made: inputs((of) => ({ ...of, y: numberIn(of, 'x') - 10 })),
    detectors: { multivariate: 'mmd', outliers: 'off' },
    incidents: [['covariate-drift', 'model', []]],
  },
  {
    fault: 'rows that lie alone, by their distance',
    made: inputs((of, at) => (at % 25 === 0 ? { ...of, x: 17, y: 7 } : of)),
    detectors: { multivariate: 'off', outliers: 'mahalanobis' },
    incidents: [['covariate-drift', 'model', []]],
  },
  {
    fault: 'nothing at all, by discrepancy and distance',
    made: {},
    sound: 10,
    detectors: { multivariate: 'mmd', outliers: 'mahalanobis' },
    incidents: [],
  },
  {
    fault: 'requests that are sent twice',
    made: { spoil: twice() },
    incidents: [['data-skew', 'skew:repeated-requests', []]],
  },
  {
    fault: 'a clock that is four hours slow',
    made: { spoil: (row) => ({ ...row, eventAt: earlier(row.eventAt, 4) }) },
    incidents: [['data-skew', 'skew:shifted-clock', []]],
  },
  {
    fault: 'a tenth of the rows',
    made: { rows: 50 },
    sound: 8,
    incidents: [['data-skew', 'skew:changed-volume', []]],
  },
  {
    fault: 'a version that was never served what it was validated on',
    made: { shift: 2 },
    sound: 0,
    incidents: [['training-serving-skew', 'model', ['x']]],
  },
  {
    fault: 'outcomes of other shares',
    made: { rate: 0.7, rows: 900 },
    incidents: [['prior-shift', 'model', []]],
  },
  {
    fault: 'outcomes of other shares, for which the answers are worse than none',
    made: { rate: 0.85, rows: 1500 },
    incidents: [['prior-shift', 'model', []]],
    asks: true,
  },
  {
    fault: 'a truth that is told a little worse, row by row',
    made: { right: 0.7 },
    incidents: [['concept-drift', 'model', []]],
    asks: true,
  },
  {
    fault: 'inputs that move to where the model does not know, before any truth is in',
    made: { shift: 0.5, labelled: 0, spoil: (row) => ({ ...row, outputs: { score: unsure(row) } }) },
    incidents: [['harmful-drift', 'model', ['x']]],
  },
  {
    fault: 'a truth that is late',
    made: { labelled: 0 },
    incidents: [],
  },
  {
    fault: 'one bad day among good ones',
    made: (spoiltDay) => (spoiltDay === 1 ? { shift: 1, right: 0.4 } : {}),
    incidents: [],
  },
  {
    fault: 'nothing at all',
    made: {},
    sound: 10,
    incidents: [],
  },
  {
    fault: 'hardly any traffic',
    made: { rows: 40, shift: 2, right: 0.2 },
    incidents: [],
  },
];

describe('a watch tells apart', () => {
  it.each(cases.map((one) => [one.fault, one] as const))(
    '%s',
    async (_, { made, incidents, asks = false, sound = soundDays, detectors = {} }) => {
      const room = await openWatchRoom({ ...monitoring, detectors });
      for (let at = 0; at < sound + spoiltDays; at += 1) {
        const spoilt = typeof made === 'function' ? made(at - sound) : made;
        room.serve(at, at < sound ? {} : spoilt);
        await room.look();
      }
      await room.look(day(sound + spoiltDays + 1));
      const found = await room.incidents();
      const told = found.map(({ kind, cause, sights }) => [
        kind,
        cause.replace(/:1$/, ''),
        sights[0]?.columns,
      ]);
      expect(told.toSorted((a, b) => String(a[1]).localeCompare(String(b[1])))).toEqual(incidents);
      expect(await room.events()).toHaveLength(asks ? 1 : 0);
    },
  );
});
