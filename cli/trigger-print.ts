import { printableLine } from '../domain/printable.js';
import { changedFilesText, factsText } from '../domain/triggers/facts-text.js';
import { colors } from './colors.js';
import type { components } from './generated/api.js';
import { ago, printFacts, printLine, printTable } from './print.js';

type Event = components['schemas']['TriggerEventDetail'];
type Page = components['schemas']['TriggerEventPage'];

/** Who holds which model stands above: it is why nothing begins. */
export function printEventPage({ events, holds }: Page): void {
  for (const { project, model, by, reason, since } of holds)
    printLine(colors.yellow(printableLine(`${project}/${model} is held by ${by} since ${since}: ${reason}`)));
  if (holds.length > 0) printLine();
  printTable(
    ['event', 'model', 'kind', 'came', 'again', 'outcome', 'by', 'about'],
    events.map((event) => [
      event.id,
      `${event.project}/${event.model}`,
      event.kind,
      ago(event.receivedAt),
      event.repeats,
      outcomeText(event),
      event.by,
      factsText(event.facts),
    ]),
    'no event: ratchet trigger fire <project>/<model>',
  );
}

/** One event, whole: nothing of it is cut. */
export function printEvent(event: Event): void {
  const { facts, repeats, proposedAt } = event;
  printFacts([
    ['event', event.id],
    ['model', `${event.project}/${event.model}`],
    ['kind', event.kind],
    ['about', factsText(facts)],
    ['changed', facts.kind === 'push' ? changedFilesText(facts) : undefined],
    ['by', event.by ?? 'nobody'],
    ['at', event.at],
    ['came', `${event.receivedAt}${repeats === 0 ? '' : `, and ${repeats} times again`}`],
    ['announced', proposedAt ?? undefined],
    ['outcome', outcomeText(event)],
    ['settled', event.settledAt ?? undefined],
  ]);
  const { outcome } = event;
  if (outcome?.runId) printLine(`the run: ratchet run show ${outcome.runId}`);
  if (proposedAt !== null && outcome === null)
    printLine(`stop its run: ratchet trigger veto ${event.project}/${event.model} --reason <text>`);
}

/** What became of an event, or what it waits for. */
export function outcomeText({ outcome, waitsFor }: Event): string {
  if (outcome === null) return `waits for ${waitsFor ?? 'its line'}`;
  if (outcome.kind === 'suppressed') return `suppressed by ${outcome.rule}: ${outcome.reason}`;
  return outcome.kind === 'started' ? `started run ${outcome.runId}` : `merged into run ${outcome.runId}`;
}
