import type { LaunchResult } from '../ports/launcher.js';
import { printableLine } from '../printable.js';
import type { Verdict } from '../verdict.js';
import { verdicts } from '../verdict.js';
import type { PolicyProgram } from './merge-policies.js';
import type { RuleResult } from './policy-verdict.js';

/** Most bytes of a `verdict.json`. */
export const mostVerdictBytes = 4096;

/** Longest text of a program that is shown. */
const mostCharacters = 1000;

type How = Pick<LaunchResult, 'exitCode' | 'signal' | 'limit'>;
type Said = Pick<RuleResult, 'verdict' | 'text' | 'actual' | 'limit'>;

/**
 * What a program's run and its `verdict.json` (undefined where it wrote none) come to. A pass needs both: the verdict
 * `pass` and exit code 0. Everything else that is not a clear no is an error.
 */
export function programResult(program: PolicyProgram, how: How, written: string | undefined): RuleResult {
  const said = readVerdict(written);
  return withResult(
    program,
    'reason' in said
      ? { verdict: 'error', text: `${ended(how)}; ${said.reason}`, actual: null, limit: null }
      : weighed(said, how),
  );
}

/** A program that could not be started, or did not come to its end. */
export function programError(program: PolicyProgram, text: string): RuleResult {
  return withResult(program, { verdict: 'error', text, actual: null, limit: null });
}

function withResult({ name, origin, severity }: PolicyProgram, said: Said): RuleResult {
  const distance =
    typeof said.actual === 'number' && typeof said.limit === 'number' && said.verdict === 'fail'
      ? -Math.abs(said.actual - said.limit)
      : null;
  return { name, kind: 'program', origin, severity, expression: null, n: null, ...said, distance };
}

function weighed(said: Said, how: How): Said {
  if (how.exitCode === 0 && how.limit === null) return said;
  if (said.verdict !== 'pass') return { ...said, text: `${said.text} (${ended(how)})` };
  return { ...said, verdict: 'error', text: `the program says pass and ${ended(how)}` };
}

function ended({ exitCode, signal, limit }: How): string {
  if (limit !== null) return `it was ended at its ${limit} limit`;
  return exitCode === null
    ? `it was ended by ${signal ?? 'a signal'}`
    : `it ended with exit code ${exitCode}`;
}

function readVerdict(written: string | undefined): Said | { readonly reason: string } {
  if (written === undefined) return { reason: 'it wrote no verdict.json' };
  let value: unknown;
  try {
    value = JSON.parse(written);
  } catch {
    return { reason: 'its verdict.json is no JSON' };
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return { reason: 'its verdict.json is no object' };
  const { verdict: named, text, actual, limit } = value as Record<string, unknown>;
  const verdict: Verdict | undefined = verdicts.find((name) => name === named);
  if (verdict === undefined)
    return { reason: `the verdict in its verdict.json is none of ${verdicts.join(', ')}` };
  if (typeof text !== 'string' || text.trim() === '') return { reason: 'its verdict.json has no text' };
  if (!isShown(actual) || !isShown(limit))
    return { reason: '"actual" and "limit" in its verdict.json are no number, text, true or false' };
  return { verdict, text: oneLine(text), actual: plain(actual), limit: plain(limit) };
}

/** What foreign code wrote, as everybody can read and every store keep it. */
function oneLine(text: string): string {
  const line = printableLine(text.replaceAll(/\s+/gu, ' ').trim());
  return line.slice(0, mostCharacters).replaceAll(/\p{Surrogate}/gu, '\uFFFD');
}

function plain(value: RuleResult['actual'] | undefined): RuleResult['actual'] {
  return typeof value === 'string' ? oneLine(value) : (value ?? null);
}

function isShown(value: unknown): value is RuleResult['actual'] | undefined {
  return (
    value === undefined ||
    value === null ||
    typeof value === 'boolean' ||
    (typeof value === 'string' && value.length <= 200) ||
    (typeof value === 'number' && Number.isFinite(value))
  );
}
