import { printableLine } from '../domain/printable.js';
import { colors } from './colors.js';
import { fitTable } from './fit-table.js';

export function printJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
}

export function printLine(line = ''): void {
  process.stdout.write(`${line}\n`);
}

/** A word for people where there is nothing to print; whoever reads the output gets nothing. */
export function printNote(text: string): void {
  process.stderr.write(`${text}\n`);
}

type Cell = string | number | boolean | null | undefined;

/**
 * A table, numbers to the right. On a terminal it fits its width: long cells are cut, but never those of the first
 * column, which is what other commands are given. An empty one says `none` and what makes one.
 */
export function printTable(
  columns: readonly string[],
  rows: readonly (readonly Cell[])[],
  none: string,
): void {
  if (rows.length === 0) {
    printLine(none);
    return;
  }
  const toRight = columns.map((_, at) => rows.every((row) => typeof row[at] === 'number' || row[at] == null));
  const cells = rows.map((row) => columns.map((_, at) => cellText(row[at])));
  const [head, ...body] = fitTable([columns, ...cells], toRight, terminalWidth());
  printLine(colors.bold(head ?? ''));
  for (const line of body) printLine(line);
}

/** Facts, a line each; those that are undefined are left out. */
export function printFacts(facts: readonly (readonly [string, Cell])[]): void {
  const shown = facts.filter(([, value]) => value !== undefined);
  const width = Math.max(0, ...shown.map(([name]) => name.length));
  for (const [name, value] of shown) printLine(`${colors.dim(name.padEnd(width))}  ${cellText(value)}`);
}

function terminalWidth(): number {
  return process.stdout.isTTY ? process.stdout.columns : Number.POSITIVE_INFINITY;
}

function cellText(value: Cell): string {
  if (value === null || value === undefined || value === '') return '-';
  if (typeof value === 'number') return shortNumber(value);
  return printableLine(String(value));
}

export function shortNumber(value: number): string {
  return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(4)));
}

const statusColors: Readonly<Record<string, (text: string) => string>> = {
  succeeded: colors.green,
  reused: colors.green,
  running: colors.cyan,
  waiting: colors.yellow,
  refused: colors.magenta,
  failed: colors.red,
  cancelled: colors.dim,
  skipped: colors.dim,
};

export function statusText(status: string): string {
  return (statusColors[status] ?? ((text: string) => text))(status);
}

/** Two seconds ago, in words. */
export function ago(instant: string, now = Date.now()): string {
  const seconds = Math.max(0, Math.round((now - Date.parse(instant)) / 1000));
  if (seconds < 90) return `${seconds} s ago`;
  if (seconds < 5400) return `${Math.round(seconds / 60)} min ago`;
  if (seconds < 129_600) return `${Math.round(seconds / 3600)} h ago`;
  return `${Math.round(seconds / 86_400)} d ago`;
}

export function duration(ms: number | null): string {
  if (ms === null) return '-';
  if (ms < 1000) return `${Math.round(ms)} ms`;
  return ms < 120_000 ? `${(ms / 1000).toFixed(1)} s` : `${(ms / 60_000).toFixed(1)} min`;
}
