import { describe, expect, it } from 'vitest';
import { wantsColors } from '../../cli/colors.js';
import { fitTable } from '../../cli/fit-table.js';
import { headlineMetrics } from '../../cli/headline-metrics.js';
import { ago, duration, shortNumber } from '../../cli/print.js';

const id = '019a1b2c-3d4e-7f80-8123-456789abcdef';
const rows = [
  ['run', 'what', 'rows'],
  [id, 'a reason that goes on and on, as reasons do', '12'],
];

describe('fitTable', () => {
  it('is as wide as its cells where nothing bounds it, numbers to the right', () => {
    expect(fitTable(rows, [false, false, true], Number.POSITIVE_INFINITY)).toEqual([
      `run${' '.repeat(35)}what${' '.repeat(41)}rows`,
      `${id}  a reason that goes on and on, as reasons do    12`,
    ]);
  });

  it('cuts long cells on a narrow terminal, and leaves ids and numbers whole', () => {
    const [, line] = fitTable(rows, [false, false, true], 60);
    expect(line).toBe(`${id}  a reason that g…    12`);
    expect(line).toHaveLength(60);
  });

  it('goes over the edge rather than cut what must stay', () => {
    const [, line] = fitTable(rows, [false, false, true], 10);
    expect(line).toBe(`${id}  a reaso…    12`);
  });
});

describe('colours', () => {
  it.each([
    [{}, true, true],
    [{ TERM: 'xterm-256color', CI: 'true' }, true, true],
    [{ NO_COLOR: '1' }, true, false],
    [{ NO_COLOR: '' }, true, true],
    [{ TERM: 'dumb' }, true, false],
    [{}, false, false],
    [{ CI: 'true', FORCE_COLOR: '1' }, false, false],
  ])('with %j on a terminal (%s): %s', (env, isTerminal, wanted) => {
    expect(wantsColors(env, isTerminal)).toBe(wanted);
  });
});

describe('numbers and times', () => {
  it('are short', () => {
    expect([0.123456, 12345, 1e-7, -0.5].map(shortNumber)).toEqual(['0.1235', '12345', '1e-7', '-0.5']);
    expect([null, 12.4, 3210, 600_000].map(duration)).toEqual(['-', '12 ms', '3.2 s', '10.0 min']);
    const now = Date.parse('2026-01-03T00:00:00Z');
    const instants = [
      '2026-01-03T00:00:05Z',
      '2026-01-02T23:59:00Z',
      '2026-01-02T23:00:00Z',
      '2026-01-02T00:00:00Z',
      '2025-12-01T00:00:00Z',
    ];
    expect(instants.map((instant) => ago(instant, now))).toEqual([
      '0 s ago',
      '60 s ago',
      '60 min ago',
      '24 h ago',
      '33 d ago',
    ]);
  });
});

describe('the metrics that a table has room for', () => {
  it('are the most telling ones, and unknown ones last', () => {
    const rows = [{ metrics: { zeal: 1, accuracy: 1, rocAuc: 1 } }, { metrics: { logLoss: 1, rocAuc: 2 } }];
    expect(headlineMetrics(rows, 2)).toEqual(['rocAuc', 'logLoss']);
    expect(headlineMetrics(rows, 9)).toEqual(['rocAuc', 'logLoss', 'accuracy', 'zeal']);
    expect(headlineMetrics([], 3)).toEqual([]);
  });

  it('leave no row without a number that has one', () => {
    const rows = [{ metrics: { rocAuc: 1, logLoss: 1 } }, { metrics: {} }, { metrics: { anomalyRate: 0.1 } }];
    expect(headlineMetrics(rows, 1)).toEqual(['rocAuc', 'anomalyRate']);
    expect(headlineMetrics(rows, 3)).toEqual(['rocAuc', 'logLoss', 'anomalyRate']);
  });
});
