import type { components } from './generated/api.js';
import { printLine, printTable, shortNumber } from './print.js';

type Comparison = components['schemas']['RunComparison'];
type Difference = Comparison['differences'][number];

/** A row for everything that differs; the best number of a row is marked. */
export function printComparison({ runs, differences }: Comparison): void {
  const heads = runs.map(({ id, variant }) =>
    variant === null ? id.slice(0, 8) : `${variant} ${id.slice(0, 8)}`,
  );
  printTable(['what', ...heads], differences.map(row), 'nothing differs');
  if (differences.some(({ better }) => better !== null)) printLine('* the best of its row');
}

function row({ what, values, better }: Difference): string[] {
  const numbers = values.filter((value) => typeof value === 'number');
  const best = better === null ? undefined : Math[better === 'higher' ? 'max' : 'min'](...numbers);
  return [
    what,
    ...values.map((value) => {
      if (typeof value !== 'number') return value ?? '';
      return value === best ? `${shortNumber(value)} *` : shortNumber(value);
    }),
  ];
}
