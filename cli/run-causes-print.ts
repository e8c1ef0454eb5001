import { printableLine } from '../domain/printable.js';
import { changedFilesText, factsText } from '../domain/triggers/facts-text.js';
import { colors } from './colors.js';
import type { components } from './generated/api.js';
import { printLine } from './print.js';

type Run = components['schemas']['Run'];
type Cause = Run['causes'][number];

/** Why a run was started, back to what each cause stands on. A run that somebody asked for has nothing behind it. */
export function printCauses({ causes }: Pick<Run, 'causes'>): void {
  const known = causes.filter(({ facts }) => facts !== undefined);
  if (known.length === 0) return;
  printLine();
  printLine(colors.bold(known.length === 1 ? 'its cause' : 'its causes'));
  for (const cause of known) for (const line of causeLines(cause)) printLine(printableLine(line));
}

/** Whole lines: what a cause says must not be cut. */
function causeLines({ kind, by, at, event, facts, more = 0 }: Cause): readonly string[] {
  if (facts === undefined) return [];
  const others = more === 0 ? '' : `, and ${more} more of its kind`;
  return [
    `${kind}  ${factsText(facts)}`,
    ...(facts.kind === 'push' ? [`  changed ${changedFilesText(facts)}`] : []),
    `  ${by === undefined ? 'nobody asked for it' : `by ${by}`}, at ${at}${others}`,
    ...(event === undefined ? [] : [`  ratchet trigger show ${event}`]),
  ];
}
