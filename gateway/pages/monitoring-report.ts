import type { Chart } from '../../charts/chart.js';
import { dataTable } from '../../charts/data-table.js';
import { element, textElement } from '../../charts/element.js';
import { numberText } from '../../charts/number-text.js';
import { scoreSharesSvg } from '../../charts/score-shares.js';
import { incidentCourses } from '../../domain/monitoring/incident-kinds.js';
import type { ScoreShares } from '../../domain/monitoring/score-shares.js';
import type { ToldValue } from '../../domain/monitoring/value/value-words.js';
import type { IncidentRecord, JudgedWindow, TrafficProgress } from '../../domain/ports/watches.js';
import { htmlPage } from './html-page.js';
import {
  driftCharts,
  driftOrder,
  qualityCharts,
  type ReportChart,
  scoreChart,
  trafficChart,
  truthCharts,
  wholeCharts,
} from './monitoring-charts.js';
import { type ServedHour, servedCharts } from './served-charts.js';
import { valueChart, valueTable } from './value-section.js';

/** All that a report is made of. Windows are oldest first, incidents newest first. */
export interface MonitoringReport {
  readonly endpoint: string;
  readonly madeAt: string;
  readonly progress: TrafficProgress | null;
  /** Of the last days, oldest first; an hour in which nothing was asked is absent. */
  readonly hours: readonly ServedHour[];
  readonly inputs: readonly JudgedWindow[];
  readonly truth: readonly JudgedWindow[];
  /** Of the newest window of inputs. */
  readonly scores: ScoreShares | null;
  /** Of all windows that are kept; null where it is not declared. */
  readonly value: ToldValue | null;
  readonly incidents: readonly (IncidentRecord & { readonly run: string })[];
}

export interface ReportPage {
  readonly html: string;
  readonly charts: readonly ReportChart[];
}

/** One page for people, with every chart's numbers beside it. */
export function monitoringReportPage(report: MonitoringReport): ReportPage {
  const { inputs, truth, scores, value } = report;
  const traffic = trafficChart(inputs);
  const served = report.hours.length === 0 ? [] : servedCharts(report.hours);
  const quality = qualityCharts(truth);
  const ofTruth = truthCharts(truth);
  const worth = value === null ? [] : [valueChart(truth, value.unit)];
  const overTime = scoreChart(inputs);
  const whole = wholeCharts(inputs);
  const drift = driftCharts(inputs);
  const title = `Scores of the newest window, ${spanText(inputs.at(-1))}`;
  const shares =
    scores === null ? [] : [{ name: 'score-shares', ...scoreSharesSvg({ title, shares: scores }) }];
  const html = htmlPage(`Monitoring of ${report.endpoint}`, [
    textElement('h1', {}, `Monitoring of ${report.endpoint}`),
    ...facts(report),
    ...section('Incidents', 'One is of one cause, however many windows see it.', [incidentTable(report)]),
    ...section('Traffic', 'Rows that were answered, by when what they ask about happened.', [
      figure(traffic),
    ]),
    ...section(
      'Requests and times',
      'By the clock of the servers, in the last seven days. Refused are requests that do not fit the model; failed are those that were owed an answer.',
      served.length === 0 ? [textElement('p', {}, 'Nothing was asked.')] : served.map(figure),
    ),
    ...section(
      'Quality by what turned out to be true',
      'Of the rows whose truth is known. The band is the 95 % interval: windows whose bands overlap may differ by chance. A circle is a window in which a condition named a loss.',
      quality.length === 0 ? [textElement('p', {}, 'No truth has come yet.')] : quality.map(figure),
    ),
    ...section('Coverage and delay of the truth', 'Quality is only of what came.', ofTruth.map(figure)),
    ...(value === null ? [] : valueSection(value, worth)),
    ...section('Answers', 'How the scores lie beside those of the rows that the version was tested on.', [
      ...shares.map(figure),
      figure(overTime),
    ]),
    ...section(
      'Drift of the inputs',
      'Distance from what the version was trained on (KS of numbers, Cramer V of text), 0 to 1. A circle is a window in which it moved: beyond its limit, and no chance.',
      [driftTable(inputs), element('div', { class: 'many' }, ...drift.map(figure)), ...whole.map(figure)],
    ),
  ]);
  return {
    html,
    charts: [traffic, ...served, ...quality, ...ofTruth, ...worth, ...shares, overTime, ...whole, ...drift],
  };
}

function section(heading: string, about: string, content: readonly string[]): readonly string[] {
  return [textElement('h2', {}, heading), textElement('p', { class: 'muted' }, about), ...content];
}

function valueSection(value: ToldValue, charts: readonly ReportChart[]): readonly string[] {
  const about =
    'Of the rows whose truth is known; of the others nothing is said. The band is the 95 % interval. The constant answer is the one that would have been worth most in a window, as one knows afterwards.';
  return section('Value against cost', about, [...charts.map(figure), valueTable(value)]);
}

function figure({ svg, table }: Chart): string {
  const numbers = element('details', {}, textElement('summary', {}, 'the numbers'), table);
  return element('figure', {}, svg, numbers);
}

function facts({ madeAt, progress, inputs, truth, incidents }: MonitoringReport): readonly string[] {
  const open = incidents.filter(({ closedAt }) => closedAt === null);
  const rows = [
    ['made at (UTC)', minute(madeAt)],
    [
      'traffic',
      progress === null
        ? 'none yet'
        : `${minute(progress.oldestEventAt)} to ${minute(progress.newestEventAt)}`,
    ],
    ['newest window of inputs', windowText(inputs.at(-1))],
    ['newest window of truth', windowText(truth.at(-1))],
    ['open incidents', open.length === 0 ? 'none' : open.map(({ kind, id }) => `${kind} (${id})`).join(', ')],
  ];
  return [dataTable('At a glance', ['what', 'it is'], rows)];
}

function windowText(window: JudgedWindow | undefined): string {
  if (window === undefined) return 'none was judged yet';
  const failed = Object.entries(window.verdicts)
    .filter(([, verdict]) => verdict === 'fail')
    .map(([name]) => name.replace(/^(column|condition):/, ''));
  const what = failed.length === 0 ? '' : ` (${failed.join(', ')})`;
  return `${spanText(window)}: ${window.verdict}${what}, ${window.rows} rows, version ${window.modelVersion}`;
}

const minute = (instant: string): string => instant.slice(0, 16).replace('T', ' ');

function spanText(window: JudgedWindow | undefined): string {
  return window === undefined ? '' : `${minute(window.from)} to ${minute(window.to)}`;
}

function incidentTable({ incidents }: MonitoringReport): string {
  if (incidents.length === 0) return textElement('p', {}, 'There was none.');
  const headings = ['opened', 'kind', 'what it means', 'because', 'goes to', 'run', 'closed', 'id'];
  return dataTable(
    'Newest first',
    headings,
    incidents.map(({ openedAt, kind, sights, run, closedAt, closedBecause, id }) => [
      minute(openedAt),
      kind,
      incidentCourses[kind].words,
      sights.at(-1)?.because ?? '',
      incidentCourses[kind].routes.join(', '),
      run,
      closedAt === null ? 'open' : `${minute(closedAt)}: ${closedBecause ?? ''}`,
      id,
    ]),
  );
}

function driftTable(windows: readonly JudgedWindow[]): string {
  const newest = windows.at(-1);
  return dataTable(
    'Furthest first',
    [
      'input',
      'distance in the newest window',
      'limit',
      'newest verdict',
      `moved in windows, of ${windows.length}`,
    ],
    driftOrder(windows).map((name) => [
      name.replace(/^column:/, ''),
      textOf(newest?.numbers[name]),
      textOf(newest?.numbers[`limit:${name}`]),
      newest?.verdicts[name] ?? 'not looked at',
      String(windows.filter(({ verdicts }) => verdicts[name] === 'fail').length),
    ]),
  );
}

const textOf = (value: number | undefined): string => (value === undefined ? 'not told' : numberText(value));
