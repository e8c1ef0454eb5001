import { nearestName } from '../../config/nearest-name.js';

/** Names told where none is near. */
const mostTold = 12;

/** What is said of a name that is not there: the near one, and those there are. */
export function nameProblem(
  what: string,
  name: string,
  known: readonly string[],
): [came: string, allowed: string] {
  const near = nearestName(name, known) ?? partOf(name, known);
  const told = known.slice(0, mostTold).join(', ');
  const more = known.length > mostTold ? `, and ${known.length - mostTold} more` : '';
  const hint = near === undefined ? '' : ` (did you mean "${near}"?)`;
  return [`an unknown ${what} "${name}"`, known.length === 0 ? `no ${what}` : `one of ${told}${more}${hint}`];
}

/** `auc` is no misspelling of `rocAuc`, and yet what was meant. */
function partOf(name: string, known: readonly string[]): string | undefined {
  const small = name.toLowerCase();
  if (small.length < 3) return undefined;
  return known.find((other) => {
    const candidate = other.toLowerCase();
    return candidate.includes(small) || small.includes(candidate);
  });
}
