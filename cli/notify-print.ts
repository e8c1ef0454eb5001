import { printableText } from '../domain/printable.js';
import type { components } from './generated/api.js';
import { ago, duration, printFacts, printLine, printTable } from './print.js';

type Page = components['schemas']['LetterPage'];
type Letter = components['schemas']['LetterDetail'];

export function printLetters({ letters }: Page): void {
  printTable(
    ['letter', 'to', 'project', 'model', 'kind', 'status', 'tries', 'next try', 'when', 'says', 'last error'],
    letters.map((row) => [
      row.id,
      row.target,
      row.project,
      row.model,
      row.kind,
      row.status,
      row.attempts,
      row.status === 'pending' ? row.nextAt : null,
      ago(row.at),
      row.title,
      row.lastError,
    ]),
    'nothing was to be told: ratchet notify test <project>',
  );
}

export function printLetter(letter: Letter): void {
  const { model, runId, commit, status } = letter;
  printFacts([
    ['letter', letter.id],
    ['target', letter.target],
    ['about', model === null ? letter.project : `${letter.project}/${model}`],
    ['kind', letter.kind],
    ['for', letter.to.join(', ')],
    ['run', runId ?? undefined],
    ['commit', commit ?? undefined],
    ['when', letter.at],
    ['status', status === 'delivered' ? `delivered at ${letter.deliveredAt}` : status],
    ['next try', status === 'pending' ? letter.nextAt : undefined],
  ]);
  printLine();
  for (const line of [letter.title, ...letter.lines]) printLine(printableText(line));
  printLine();
  printTable(
    ['try', 'at', 'took', 'error'],
    letter.tries.map(({ at, ms, error }, index) => [index + 1, at, duration(ms), error]),
    'it was not tried yet',
  );
  if (status === 'dead') printLine(`again: ratchet notify redrive ${letter.project}`);
}
