import { celEnv, isCelError, parse, plan } from '@bufbuild/cel';

const longestPattern = 100;
const repeated = /[*+?}]\s*\)+\s*[*+{]|\{\d{3,}|\{\d*,\d{3,}/;

/** What is wrong with a regular expression before it meets any text; undefined where nothing is. */
export function patternProblem(pattern: string): string | undefined {
  if (pattern.length > longestPattern) return `a pattern of ${pattern.length} characters`;
  if (repeated.test(pattern)) return 'a pattern that repeats repetitions';
  const reason = brokenBecause(pattern);
  return reason === undefined ? undefined : `a pattern that is none (${reason})`;
}

/** The library reads patterns with RE2, which takes time by the length of the text alone; so what it cannot read, it says. */
function brokenBecause(pattern: string): string | undefined {
  let found: unknown;
  try {
    found = plan(celEnv(), parse('"".matches(pattern)').expr)({ pattern });
  } catch (error) {
    found = error;
  }
  if (isCelError(found) || found instanceof Error) return found.message;
  return undefined;
}
