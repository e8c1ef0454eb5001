import { changedFilesText } from '../domain/triggers/facts-text.js';
import { colors } from './colors.js';
import type { components } from './generated/api.js';
import { printFacts, printLine, printNote, printTable } from './print.js';

type Plan = components['schemas']['Plan'];

const signs = { create: '+', update: '~', remove: '-' } as const;
const riskColors = { low: colors.green, medium: colors.yellow, high: colors.magenta } as const;

/** What would change, what would train, and what is not as Git has it. */
export function printPlan(plan: Plan): void {
  const { commit, since, files } = plan;
  printFacts([
    ['project', plan.project],
    ['commit', `${commit.id.slice(0, 12)} of ${commit.ref}, by ${commit.author}: ${commit.subject}`],
    ['compared with', sinceText(plan)],
    ['changed files', since === commit.id ? undefined : files],
  ]);
  printChanges(plan);
  printRuns(plan);
  printDrift(plan);
  if (plan.notice !== null) printNote(plan.notice);
}

function sinceText({ commit, since }: Plan): string {
  if (since === null) return 'nothing: no head of the tracked branch was handled that is still there';
  return since === commit.id ? 'itself: it is applied' : `${since.slice(0, 12)}, which was handled last`;
}

function printChanges({ changes, moreChanges, approval }: Plan): void {
  printLine();
  printTable(
    ['', 'what', 'name', 'why'],
    changes.map(({ part, name, change, because }) => [signs[change], part, name, because]),
    'applying it changes nothing',
  );
  if (moreChanges > 0) printLine(`and ${moreChanges} more`);
  if (approval !== null)
    printLine(
      `approved by ${approval.quorum} of ${approval.role}, before what people are asked about is in force`,
    );
}

function printRuns({ runs, suppressed }: Plan): void {
  printLine();
  if (runs.length === 0) printLine('its push trains no model');
  for (const { model, risk, changes, waits, ...files } of runs) {
    printLine(
      `trains ${colors.bold(model)}, ${riskColors[risk](`risk ${risk}`)}: ${changedFilesText(files)}`,
    );
    for (const { type, risk: own, because } of changes) printLine(`  ${type} (${own}): ${because}`);
    if (waits !== null) printLine(`  but waits: ${waits}`);
  }
  for (const { model, rule, reason } of suppressed)
    printLine(`starts nothing for ${model}, ${rule}: ${reason}`);
}

function printDrift({ drift }: Plan): void {
  printLine();
  printTable(
    ['drift from Git', 'name', 'is'],
    drift.map(({ part, name, is }) => [part, name, is]),
    'nothing was changed past Git',
  );
}
