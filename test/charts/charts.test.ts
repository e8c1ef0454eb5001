import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calibrationCurveSvg } from '../../charts/calibration-curve.js';
import type { Chart } from '../../charts/chart.js';
import { confusionMatrixSvg } from '../../charts/confusion-matrix.js';
import { precisionRecallCurveSvg } from '../../charts/precision-recall-curve.js';
import { residualHistogramSvg } from '../../charts/residual-histogram.js';
import { rocCurveSvg } from '../../charts/roc-curve.js';
import { sliceDotsSvg } from '../../charts/slice-dots.js';
import { trainingLinesSvg } from '../../charts/training-lines.js';
import { readMarkup } from './markup.js';

const confusion = {
  labels: ['0', '1'],
  counts: [
    [60, 20],
    [5, 15],
  ],
};
const area = { kind: 'value', value: 0.705, low: 0.69, high: 0.72, n: 100 } as const;
const tooFew = { kind: 'undefined', reason: 'too few: 12 rows, at least 100 are needed' } as const;

/** Every chart twice: with numbers, and with none. */
const charts: Record<string, { full: (title: string) => Chart; empty: (title: string) => Chart }> = {
  'confusion matrix': {
    full: (title) => confusionMatrixSvg({ title, confusion }),
    empty: (title) => confusionMatrixSvg({ title, confusion: { labels: [], counts: [] } }),
  },
  'ROC curve': {
    full: (title) =>
      rocCurveSvg({
        title,
        points: [
          { falsePositiveRate: 0, truePositiveRate: 0, threshold: null },
          { falsePositiveRate: 0.25, truePositiveRate: 0.75, threshold: 0.27 },
          { falsePositiveRate: 1, truePositiveRate: 1, threshold: 0 },
        ],
        area,
        confusion,
        threshold: 0.27,
      }),
    empty: (title) => rocCurveSvg({ title, points: [] }),
  },
  'precision-recall curve': {
    full: (title) =>
      precisionRecallCurveSvg({
        title,
        points: [{ recall: 1, precision: 0.2, threshold: 0.1 }],
        area,
        confusion,
      }),
    empty: (title) => precisionRecallCurveSvg({ title, points: [], area: tooFew }),
  },
  'calibration curve': {
    full: (title) =>
      calibrationCurveSvg({ title, bins: [{ meanScore: 0.3, positiveRate: 0.4, rows: 50 }], error: area }),
    empty: (title) => calibrationCurveSvg({ title, bins: [] }),
  },
  'residual histogram': {
    full: (title) =>
      residualHistogramSvg({ title, residuals: { edges: [-1, 0, 1], counts: [3, 4], below: 1, above: 2 } }),
    empty: (title) =>
      residualHistogramSvg({ title, residuals: { edges: [0, 1], counts: [0], below: 0, above: 0 } }),
  },
  'training lines': {
    full: (title) =>
      trainingLinesSvg({
        title,
        valueLabel: 'loss',
        series: [{ name: 'train', points: [{ step: 0, value: 0.5 }] }],
      }),
    empty: (title) => trainingLinesSvg({ title, valueLabel: 'loss', series: [] }),
  },
  'slice dots': {
    full: (title) =>
      sliceDotsSvg({
        title,
        metric: 'recall',
        overall: area,
        slices: [
          { column: 'origin', value: 'EWR', rows: 900, metrics: { recall: area } },
          { column: 'origin', value: 'XNA', rows: 12, metrics: { recall: tooFew } },
        ],
      }),
    empty: (title) => sliceDotsSvg({ title, metric: 'recall', slices: [] }),
  },
};

describe.each(Object.entries(charts))('a %s', (_, { full, empty }) => {
  it('is well formed and named for those who cannot see it', () => {
    const { elements, texts } = readMarkup(full('late flights').svg);
    expect(elements.slice(0, 3)).toEqual(['svg', 'title', 'desc']);
    expect(texts[0]).toBe('late flights');
    expect(texts[1]?.length).toBeGreaterThan(20);
  });

  it('comes with its numbers as a table', () => {
    const { elements, texts } = readMarkup(full('late flights').table);
    expect(elements[0]).toBe('table');
    expect(texts[0]).toBe('late flights');
    expect(elements.filter((name) => name === 'td').length).toBeGreaterThan(0);
  });

  it('is whole without a number, and never says NaN', () => {
    const chart = empty('nothing');
    readMarkup(chart.svg);
    readMarkup(chart.table);
    expect(chart.svg + chart.table).not.toMatch(/NaN|Infinity|undefined|null/);
    expect(full('x').svg).not.toMatch(/NaN|Infinity|undefined|null/);
  });

  it('survives any title, and is the same for the same data', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (title) => {
        const chart = full(title);
        expect(full(title)).toEqual(chart);
        expect(readMarkup(chart.svg).elements).not.toContain('script');
        readMarkup(chart.table);
      }),
      { numRuns: 30 },
    );
  });
});

describe('what charts say', () => {
  it('a confusion matrix shows counts and shares of the actual class', () => {
    const { svg, table } = confusionMatrixSvg({ title: 't', confusion });
    expect(readMarkup(svg).texts).toEqual(expect.arrayContaining(['60', '75.0 %', '5', '25.0 %']));
    expect(readMarkup(table).texts).toEqual(expect.arrayContaining(['60 (75.0 %)', '15 (75.0 %)']));
  });

  it('a confusion matrix with a class that never occurred has no share of it', () => {
    const { svg } = confusionMatrixSvg({
      title: 't',
      confusion: {
        labels: ['a', 'b'],
        counts: [
          [1, 0],
          [0, 0],
        ],
      },
    });
    expect(readMarkup(svg).texts).toContain('no rows');
  });

  it('a confusion matrix of many classes is a table only', () => {
    const labels = Array.from({ length: 40 }, (_, index) => `class ${index}`);
    const { svg, table } = confusionMatrixSvg({
      title: 't',
      confusion: { labels, counts: labels.map(() => labels.map(() => 1)) },
    });
    expect(readMarkup(svg).texts).toContain('40 classes: see the table');
    expect(readMarkup(table).elements.filter((name) => name === 'td')).toHaveLength(1600);
  });

  it('hostile labels stay texts', () => {
    const label = `"><script>alert(1)</script>&`;
    const { svg, table } = confusionMatrixSvg({
      title: label,
      confusion: { labels: [label, label], counts: confusion.counts },
    });
    expect(readMarkup(svg).elements).not.toContain('script');
    expect(readMarkup(table).texts).toContain(`predicted ${label}`);
  });

  it('a ROC curve marks the threshold with what it finds and what it costs', () => {
    const { svg } = charts['ROC curve']?.full('t') ?? { svg: '' };
    expect(readMarkup(svg).texts).toEqual(
      expect.arrayContaining([
        'threshold at 0.270: 0.750 found, 0.250 false alarms',
        'model, area 0.705 (95 %: 0.690 to 0.720)',
      ]),
    );
  });

  it('a precision-recall curve shows what a constant answer reaches', () => {
    const { svg } = charts['precision-recall curve']?.full('t') ?? { svg: '' };
    expect(readMarkup(svg).texts).toContain('constant answer, 0.200');
  });

  it('a residual histogram counts the rows that lie outside', () => {
    const { svg, table } = charts['residual histogram']?.full('t') ?? { svg: '', table: '' };
    expect(readMarkup(svg).texts).toContain('1 rows below and 2 above the bins');
    expect(readMarkup(table).texts).toEqual(expect.arrayContaining(['lower', 'higher']));
  });

  it('slices without a number say why', () => {
    const { svg } = charts['slice dots']?.full('t') ?? { svg: '' };
    expect(readMarkup(svg).texts).toContain('too few: 12 rows, at least 100 are needed');
  });

  it('a thousand slices are drawn in part and listed whole', () => {
    const slices = Array.from({ length: 1000 }, (_, index) => ({
      column: 'c',
      value: String(index),
      rows: 5,
      metrics: { recall: area },
    }));
    const { svg, table } = sliceDotsSvg({ title: 't', metric: 'recall', slices });
    expect(readMarkup(svg).texts).toContain('940 more slices in the table');
    expect(readMarkup(table).elements.filter((name) => name === 'tr')).toHaveLength(1001);
  });

  it('training lines skip what is no number and thin what is too long, ends kept', () => {
    const points = Array.from({ length: 100_000 }, (_, step) => ({
      step,
      value: step === 50 ? Number.NaN : 1 / (step + 1),
    }));
    const { svg, table } = trainingLinesSvg({
      title: 't',
      valueLabel: 'loss',
      series: [{ name: 'train', points }],
    });
    expect(svg).not.toContain('NaN');
    expect(svg.length).toBeLessThan(20_000);
    expect(readMarkup(table).texts).toContain('99999');
  });

  it('training lines leave a gap where a value is missing', () => {
    const values = [1, 2, Number.POSITIVE_INFINITY, 4, 5];
    const points = values.map((value, step) => ({ step, value }));
    const { svg, table } = trainingLinesSvg({
      title: 't',
      valueLabel: 'loss',
      series: [{ name: 'a', points }],
    });
    const curve = /<path d="([^"]*)" fill="none" stroke="#0072b2"/.exec(svg)?.[1] ?? '';
    expect(curve.match(/M/g)).toHaveLength(2);
    expect(readMarkup(table).texts).toContain('not a number');
  });
});
