import { isLoss, metricCatalogue } from '../domain/metrics/metric-catalogue.js';
import { printableLine } from '../domain/printable.js';
import { colors } from './colors.js';
import type { components } from './generated/api.js';
import { headlineMetrics } from './headline-metrics.js';
import { printFacts, printLine, printTable } from './print.js';
import { printDiff } from './version-diff-print.js';

type Detail = components['schemas']['ApprovalDetail'];
type Diff = components['schemas']['VersionDiff'];
type Change = NonNullable<Detail['change']>;
type Code = NonNullable<Detail['code']>;

const shownMetrics = 5;
const shownSlices = 5;
const shownFiles = 15;

/** What is to be approved: a change of the project, or a version and what it changes. With `full` all of it. */
export function printSubject({ diff, code, change }: Detail, full: boolean): void {
  if (change) printChange(change);
  if (diff?.from === null && !full) printFirstVersion(diff);
  else if (diff) printDiff(diff, full);
  if (code) {
    printLine();
    printCode(code, full);
  }
}

function printChange({ commit, follows, differences }: Change): void {
  if (differences === null) {
    printLine(`what it changes was not kept when people were asked; the commit says it: ${commit}`);
    return;
  }
  printLine(colors.bold(`${commit} compared with ${follows ?? 'nothing'}, which it follows`));
  for (const { part, name, kind, diff } of differences) {
    printLine();
    printLine(colors.bold(printableLine(`${partNames[part]}${name === null ? '' : ` ${name}`}: ${kind}`)));
    for (const line of diff.split('\n')) printLine(`  ${diffLine(line)}`);
  }
  printLine();
  printLine(colors.dim('these are the bytes that the digests above are of'));
}

const partNames: Readonly<Record<NonNullable<Change['differences']>[number]['part'], string>> = {
  members: 'member',
  changes: 'who approves changes',
  sources: 'source',
  policies: 'policy of',
  organisation: 'policy of the organisation',
};

function diffLine(line: string): string {
  const text = printableLine(line);
  if (line.startsWith('+')) return colors.green(text);
  return line.startsWith('-') ? colors.red(text) : colors.dim(text);
}

/** All that a version has is new where there is no champion: what tells most of it. */
function printFirstVersion({ project, model, to, changes }: Diff): void {
  printLine(colors.bold(`${project}/${model}@${to} has no champion to be compared with`));
  const told = changes.filter(({ what }) => ['commit', 'algorithm', 'isolation'].includes(what));
  printFacts(told.map(({ what, to: value }) => [what, value]));
  const metrics = Object.fromEntries(
    numbersOf(changes, 'metrics').map(({ metric, value }) => [metric, value]),
  );
  const names = headlineMetrics([{ metrics }], shownMetrics);
  printLine();
  printTable(
    ['on test', 'value'],
    names.map((name) => [name, metrics[name]]),
    'no metric has a value',
  );
  printLine();
  printWorstSlices(changes, names);
  printLine();
  printLine(colors.dim('all metrics, slices and rules: --full'));
}

function printWorstSlices(changes: Diff['changes'], names: readonly string[]): void {
  const slices = numbersOf(changes, 'slices');
  const metric = names.find((name) => slices.some((slice) => slice.metric === name));
  const worse = metric !== undefined && isLoss(metric) ? -1 : 1;
  const worst = slices
    .filter((slice) => slice.metric === metric)
    .toSorted((a, b) => (a.value - b.value) * worse)
    .slice(0, shownSlices);
  printTable(
    ['worst slices', metric ?? ''],
    worst.map(({ what, value }) => [what, value]),
    'no slice has a value',
  );
}

/** Numbers of metrics that are known, each with what it is of. */
function numbersOf(changes: Diff['changes'], part: 'metrics' | 'slices') {
  return changes.flatMap(({ part: of, what, metric, to }) =>
    of === part && typeof to === 'number' && metric !== null && Object.hasOwn(metricCatalogue, metric)
      ? [{ metric, value: to, what: what.slice(0, -`: ${metric}`.length) }]
      : [],
  );
}

function printCode({ repo, from, to, files, total, gap }: Code, full: boolean): void {
  if (gap === null) {
    const shown = full ? files : files.slice(0, shownFiles);
    printTable(
      ['changed file', '+', '-'],
      shown.map(({ path, added, removed }) => [path, added ?? 'not text', removed ?? 'not text']),
      'code: no file differs',
    );
    const more = total.files - shown.length;
    if (more > 0) printLine(colors.dim(`and ${more} more`));
    printLine(`${total.files} files, ${total.added} lines added, ${total.removed} removed`);
  } else printLine(`which files differ is not known: ${printableLine(gap)}`);
  if (from !== to) printLine(`in a clone of ${printableLine(repo)}: git diff ${from}..${to} -- <path>`);
}
