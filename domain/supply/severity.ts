/** From the one that worries least; `unknown` is one that nobody has rated. */
export const severities = ['unknown', 'low', 'medium', 'high', 'critical'] as const;
export type Severity = (typeof severities)[number];

/** The worst of some; `unknown` where there is none. */
export function worstOf(found: readonly Severity[]): Severity {
  return found.reduce<Severity>(
    (worst, next) => (severities.indexOf(next) > severities.indexOf(worst) ? next : worst),
    'unknown',
  );
}

/** Rating of a CVSS score, 0..10, by the scale of CVSS v3; a score of nothing is `low`. */
export function severityOfScore(score: number): Severity {
  if (score >= 9) return 'critical';
  if (score >= 7) return 'high';
  return score >= 4 ? 'medium' : 'low';
}

const words: Readonly<Record<string, Severity>> = {
  critical: 'critical',
  important: 'high',
  high: 'high',
  error: 'high',
  moderate: 'medium',
  medium: 'medium',
  warning: 'medium',
  low: 'low',
  negligible: 'low',
  unimportant: 'low',
  note: 'low',
  info: 'low',
};

/** A rating as databases and scanners word it; `unknown` for any other word. */
export function severityOfWord(word: string): Severity {
  const key = word.toLowerCase();
  return Object.hasOwn(words, key) ? (words[key] ?? 'unknown') : 'unknown';
}
