import { max } from 'd3-array';
import type { CalibrationBin } from '../domain/metrics/curves.js';
import type { MetricValue } from '../domain/metrics/metric-value.js';
import type { Scale } from './axes.js';
import type { Chart } from './chart.js';
import { dataTable } from './data-table.js';
import { element } from './element.js';
import { metricText, numberText } from './number-text.js';
import { palette } from './palette.js';
import { unitSquare } from './unit-square.js';

/** A calibration curve: bins in ascending order of score. */
export interface CalibrationCurveData {
  readonly title: string;
  readonly bins: readonly CalibrationBin[];
  readonly error?: MetricValue | undefined;
}

/** Pixels of the tallest bar of bin counts. */
const tallestBar = 40;

/** Draws stated against observed probability, the diagonal of a perfect model, and bars of rows for each bin. */
export function calibrationCurveSvg({ title, bins, error }: CalibrationCurveData): Chart {
  const curveLabel = error ? `model, calibration error ${metricText(error)}` : 'model';
  const most = max(bins, (bin) => bin.rows) ?? 0;
  return {
    svg: unitSquare({
      title,
      description: `Share of positive rows against mean predicted probability in ${bins.length} bins. ${curveLabel}.`,
      xLabel: `mean predicted probability (grey: rows of the bin, at most ${most})`,
      yLabel: 'share of positive rows',
      curve: bins.map((bin) => ({ x: bin.meanScore, y: bin.positiveRate })),
      curveLabel,
      dots: true,
      reference: [
        { x: 0, y: 0 },
        { x: 1, y: 1 },
      ],
      referenceLabel: 'perfectly calibrated',
      extra: (x, y) => bins.map((bin) => countBar(bin, most, x, y)).join(''),
    }),
    table: dataTable(
      title,
      ['mean predicted probability', 'share of positive rows', 'rows'],
      bins.map((bin) => [numberText(bin.meanScore), numberText(bin.positiveRate), String(bin.rows)]),
    ),
  };
}

function countBar(bin: CalibrationBin, most: number, x: Scale, y: Scale): string {
  const height = most === 0 ? 0 : (tallestBar * bin.rows) / most;
  return element('rect', {
    x: x(bin.meanScore) - 3,
    y: y(0) - height,
    width: 6,
    height,
    fill: palette.faint,
  });
}
