import { join } from 'node:path';
import { headlineMetrics } from '../../cli/headline-metrics.js';
import { printFacts, printLine, printTable } from '../../cli/print.js';
import type { Summary } from './summary.js';

const reasonCharacters = 90;

/** What came of the demo, in tables. */
export function printClosing(summary: Summary, stateDir: string): void {
  printLine();
  printDeliveries(summary);
  printLine();
  printRuns(summary);
  printLine();
  printModels(summary);
  printLine();
  printApprovals(summary);
  printLine();
  printLetters(summary);
  printLine();
  printFacts([...Object.entries(summary.urls), ['summary', join(stateDir, 'demo/summary.json')]]);
}

function printDeliveries({ deliveries }: Summary): void {
  printTable(
    ['webhook', 'what became of it'],
    deliveries.map(({ what, result }) => [what, result]),
    'no webhook',
  );
}

function printRuns({ runs }: Summary): void {
  printTable(
    ['run', 'model', 'started by', 'status', 'took', 'reason'],
    runs.map(({ id, model, causes, status, reason, steps }) => [
      id.slice(0, 8),
      model,
      causes.map(causeText).join(', '),
      status,
      `${(steps.reduce((sum, { ms }) => sum + (ms ?? 0), 0) / 1000).toFixed(1)} s`,
      reason === null ? null : shortened(reason),
    ]),
    'no run',
  );
}

/** Who, or where no person is behind it, what. */
function causeText({ kind, by, about }: Summary['runs'][number]['causes'][number]): string {
  return by === null ? `${kind}, ${about}` : `${kind} by ${by}`;
}

const shortened = (text: string) =>
  text.length > reasonCharacters ? `${text.slice(0, reasonCharacters)}…` : text;

function printModels({ models }: Summary): void {
  const shown = headlineMetrics(models, 3);
  printTable(
    ['model', 'version', 'is', 'dataset', ...shown],
    models.map(({ name, version, alias, dataset, metrics }) => [
      name,
      version,
      alias,
      dataset,
      ...shown.map((metric) => metrics[metric]),
    ]),
    'no model',
  );
}

function printApprovals({ approvals }: Summary): void {
  printTable(
    ['approval', 'outcome', 'votes'],
    approvals.map(({ subject, outcome, votes }) => [
      subject.slice(0, 20),
      outcome,
      votes.map(({ approver, channel, decision }) => `${approver}: ${decision} (by ${channel})`).join(', '),
    ]),
    'no approval',
  );
}

function printLetters({ letters }: Summary): void {
  printTable(
    ['letter', 'for', 'status', 'says'],
    letters.map(({ kind, to, status, title }) => [kind, to.join(', '), status, title]),
    'no letter',
  );
}
