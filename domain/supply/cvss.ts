type Weights = Readonly<Record<string, number>>;

const attackVector: Weights = { N: 0.85, A: 0.62, L: 0.55, P: 0.2 };
const attackComplexity: Weights = { L: 0.77, H: 0.44 };
const privileges: Weights = { N: 0.85, L: 0.62, H: 0.27 };
const privilegesChanged: Weights = { N: 0.85, L: 0.68, H: 0.5 };
const interaction: Weights = { N: 0.85, R: 0.62 };
const loss: Weights = { H: 0.56, L: 0.22, N: 0 };

/**
 * Base score of a CVSS v3.0 or v3.1 vector, 0..10 in steps of 0.1; undefined where the text is none, or lacks a metric.
 * Source: FIRST, CVSS v3.1 specification, section 7.1 and appendix A. `CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H` is 9.8.
 */
export function cvssBaseScore(vector: string): number | undefined {
  const [head = '', ...parts] = vector.split('/');
  if (!/^CVSS:3\.[01]$/.test(head)) return undefined;
  const given = new Map(parts.map((part) => part.split(':', 2) as [string, string]));
  const scope = given.get('S');
  if (scope !== 'U' && scope !== 'C') return undefined;
  const isChanged = scope === 'C';
  const weight = (metric: string, weights: Weights) => weights[given.get(metric) ?? ''] ?? Number.NaN;
  const kept = (1 - weight('C', loss)) * (1 - weight('I', loss)) * (1 - weight('A', loss));
  const base = 1 - kept;
  const impact = isChanged ? 7.52 * (base - 0.029) - 3.25 * (base - 0.02) ** 15 : 6.42 * base;
  const exploitability =
    8.22 *
    weight('AV', attackVector) *
    weight('AC', attackComplexity) *
    weight('PR', isChanged ? privilegesChanged : privileges) *
    weight('UI', interaction);
  const sum = impact + exploitability;
  if (Number.isNaN(sum)) return undefined;
  if (impact <= 0) return 0;
  return roundUp(Math.min(10, isChanged ? 1.08 * sum : sum));
}

/** Up to the next tenth, without the noise of binary fractions. */
function roundUp(score: number): number {
  const scaled = Math.round(score * 100_000);
  return scaled % 10_000 === 0 ? scaled / 100_000 : (Math.floor(scaled / 10_000) + 1) / 10;
}
