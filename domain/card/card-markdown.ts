import type { Metrics, MetricValue } from '../metrics/metric-value.js';
import type { ModelCard } from './model-card.js';

/** The card as a Markdown page. Every text of a user is escaped. */
export function cardMarkdown(card: ModelCard): string {
  return [
    `# ${plain(card.project)}/${plain(card.model)}: ${plain(card.algorithm)}`,
    plain(card.description),
    section('Purpose', purposeOf(card)),
    section('Data', dataOf(card)),
    section('Metrics', metricsOf(card)),
    section('Slices (test)', slicesOf(card)),
    section(
      'Gates',
      card.gates.map(({ gate, verdict, text }) => `- ${gate}: **${verdict}**: ${plain(text)}`).join('\n'),
    ),
    section('Limits', card.limits.length === 0 ? 'None were found.' : bullets(card.limits)),
    section('Lineage', lineageOf(card)),
  ]
    .filter((part) => part !== '')
    .join('\n\n')
    .concat('\n');
}

function purposeOf({ purpose }: ModelCard): string {
  const list = (items: readonly string[]) => (items.length === 0 ? 'none' : items.map(plain).join('; '));
  return [
    plain(purpose.intendedUse),
    '',
    `- Not for: ${list(purpose.prohibitedUses)}`,
    `- Affected: ${list(purpose.affectedGroups)}`,
    `- Sensitive columns: ${list(purpose.sensitiveColumns)}`,
  ].join('\n');
}

function dataOf({ data }: ModelCard): string {
  return [
    `Dataset ${data.dataset}, version ${data.version} (\`${data.digest.slice(0, 16)}\`): ${data.rows.train} rows to train, ${data.rows.validation} to validate, ${data.rows.test} to test; ${data.quarantined} set aside.`,
    '',
    ...data.sources.map(({ table, source, rows }) => `- ${plain(table)} from ${plain(source)}: ${rows} rows`),
    ...(data.features.length === 0 ? [] : [`- Feature views: ${data.features.map(plain).join(', ')}`]),
    ...data.checks.map((check) => `- ${plain(check)}`),
  ].join('\n');
}

function metricsOf(card: ModelCard): string {
  const names = Object.keys(card.metrics.test);
  const row = (name: string) =>
    `| ${name} | ${cell(card.metrics.train, name)} | ${cell(card.metrics.validation, name)} | ${cell(card.metrics.test, name)} | ${cell(card.baseline, name)} |`;
  const threshold =
    card.threshold === null ? [] : [`Threshold ${card.threshold.toPrecision(3)}, ${card.thresholdRule}.`, ''];
  const looks = [
    '',
    `The test split was looked at ${card.testLooks} ${card.testLooks === 1 ? 'time' : 'times'}.`,
  ];
  return [
    ...threshold,
    '| metric | train | validation | test | baseline on test |',
    '|---|---|---|---|---|',
    ...names.map(row),
    ...looks,
  ].join('\n');
}

function slicesOf({ slices }: ModelCard): string {
  if (slices.length === 0) return '';
  const names = [...new Set(slices.flatMap(({ metrics }) => Object.keys(metrics)))];
  return [
    `| slice | rows | ${names.join(' | ')} |`,
    `|---|---|${names.map(() => '---|').join('')}`,
    ...slices.map(
      ({ column, value, rows, metrics }) =>
        `| ${plain(column)} = ${plain(value)} | ${rows} | ${names.map((name) => cell(metrics, name)).join(' | ')} |`,
    ),
  ].join('\n');
}

function lineageOf({ lineage }: ModelCard): string {
  return Object.entries(lineage)
    .map(([name, value]) => `- ${name}: \`${plain(value)}\``)
    .join('\n');
}

function cell(metrics: Metrics, name: string): string {
  const metric: MetricValue | undefined = metrics[name];
  if (!metric) return 'not measured';
  if (metric.kind === 'undefined') return plain(metric.reason);
  const interval =
    metric.low === undefined || metric.high === undefined
      ? ''
      : ` [${short(metric.low)}, ${short(metric.high)}]`;
  return `${short(metric.value)}${interval}`;
}

function short(value: number): string {
  return Math.abs(value) >= 1000 ? value.toFixed(0) : Number(value.toPrecision(4)).toString();
}

function section(title: string, body: string): string {
  return body === '' ? '' : `## ${title}\n\n${body}`;
}

function bullets(items: readonly string[]): string {
  return items.map((item) => `- ${plain(item)}`).join('\n');
}

/** Text of a user: on one line, and nothing in it is markup. */
function plain(text: string): string {
  return text.replace(/[\r\n]+/g, ' ').replace(/[\\`*_{}[\]<>|#]/g, '\\$&');
}
