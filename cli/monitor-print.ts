import { percentText } from '../domain/percent-text.js';
import type { components } from './generated/api.js';
import { trafficLine } from './monitor-traffic.js';
import { printFacts, printLine, printTable } from './print.js';

type Monitoring = components['schemas']['Monitoring'];
type Window = Monitoring['inputs'][number];

/** Windows of a table. */
const mostShown = 14;

/** @param more facts beside those of the watch */
export function printMonitoring(found: Monitoring, more: readonly (readonly [string, string])[] = []): void {
  const { progress, config, incidents, silences, unjudged, lastHour, lastDay } = found;
  printFacts([
    ['endpoint', `${found.project}/${found.endpoint}`],
    ['watched', config === null ? 'no: its model was applied before there was a watch' : 'yes'],
    ['traffic', progress === null ? 'none yet' : `${progress.oldestEventAt} to ${progress.newestEventAt}`],
    ['last hour', trafficLine(lastHour)],
    ['last day', trafficLine(lastDay)],
    ['not judged yet', unjudged === null ? undefined : unjudgedText(unjudged)],
    ['open incidents', incidents.map(({ id, kind }) => `${kind} (${id})`).join(', ') || 'none'],
    ['silent', silences.map(({ until, owner }) => `until ${until} by ${owner}`).join(', ') || undefined],
    ...more,
  ]);
  printLine();
  printTable(
    [
      ...['window of inputs', 'version', 'rows', 'verdict', 'rows a day', 'what failed', 'furthest'],
      ...['together', 'outliers', 'estimated'],
    ],
    found.inputs
      .slice(0, mostShown)
      .map((window) => [
        ...headOf(window),
        rowsPerDay(window),
        failedText(window),
        furthestText(window),
        window.numbers['multivariate']?.toFixed(2) ?? window.numbers['discrepancy']?.toFixed(4),
        shareText(window.numbers['outliers']),
        estimatedText(window),
      ]),
    'no window of inputs was judged yet',
  );
  printLine();
  printTable(
    ['window of truth', 'version', 'rows', 'verdict', 'known', 'what failed', 'metrics'],
    found.truth
      .slice(0, mostShown)
      .map((window) => [...headOf(window), coverageText(window), failedText(window), metricsText(window)]),
    'no window of truth was judged yet',
  );
  if (incidents.length > 0) printLine(`\nwhy: ratchet incident explain ${incidents[0]?.id}`);
}

function headOf({ from, to, modelVersion, rows, verdict }: Window) {
  return [`${from.slice(0, 16)} to ${to.slice(0, 16)}`, modelVersion, rows, verdict] as const;
}

const dayMs = 86_400_000;

/** Of all versions that answered; a window looks at some of its rows alone where there are very many. */
function rowsPerDay({ numbers, rows, from, to }: Window): number {
  const days = (Date.parse(to) - Date.parse(from)) / dayMs;
  return Math.round((numbers['traffic:rows'] ?? rows) / days);
}

function coverageText({ numbers, rows }: Window): string {
  const labelled = numbers['labelled'] ?? 0;
  return rows === 0 ? '' : `${labelled} (${Math.round((100 * labelled) / rows)} %)`;
}

function unjudgedText({ from, versions }: NonNullable<Monitoring['unjudged']>): string {
  const of = versions.map(
    ({ version, rows, isMore }) => `${isMore ? 'more than ' : ''}${rows} rows of version ${version}`,
  );
  return `${of.join(', ') || 'no row'} since ${from}`;
}

function failedText({ verdicts }: Window): string {
  const failed = Object.entries(verdicts).filter(([, verdict]) => verdict === 'fail');
  return failed.map(([name]) => name.replace(/^(column|condition):/, '')).join(', ');
}

function furthestText({ numbers }: Window): string {
  const columns = Object.entries(numbers).filter(([name]) => name.startsWith('column:'));
  const [furthest] = columns.toSorted(([, a], [, b]) => b - a);
  return furthest === undefined ? '' : `${furthest[0].slice('column:'.length)} ${furthest[1].toFixed(2)}`;
}

/** The metric that people look at first, as it is estimated. */
function estimatedText({ numbers }: Window): string {
  const [first] = ['rocAuc', 'logLoss'].filter((name) => numbers[`estimated:${name}`] !== undefined);
  return first === undefined ? '' : `${first} ${numbers[`estimated:${first}`]?.toFixed(3)}`;
}

function shareText(share: number | undefined): string {
  return share === undefined ? '' : percentText(share);
}

/** Those that people look at first; all stand in the JSON. */
const headline = ['skill', 'logLoss', 'rocAuc', 'gap', 'mae', 'rmse', 'r2'];

function metricsText({ numbers }: Window): string {
  return headline
    .flatMap((name) => (numbers[name] === undefined ? [] : [`${name} ${numbers[name].toFixed(3)}`]))
    .join(', ');
}
