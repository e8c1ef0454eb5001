import { durationSeconds } from '../../features/duration.js';
import type { Finding } from '../../verdict.js';
import type { DatabaseState, ScanInput } from './scan-input.js';

const dayMs = 86_400_000;

/** Whether the advisories are there, new enough, and about everything in the image. `oldest` as a configuration has it. */
export function judgeDatabase({ database, packages, now }: ScanInput, oldest: string): Finding[] {
  if (database.kind === 'absent')
    return [
      { rule: 'database', verdict: 'inconclusive', text: 'there is no vulnerability database', n: packages },
    ];
  if (database.kind === 'broken')
    return [{ rule: 'database', verdict: 'error', text: database.reason, n: packages }];
  return [judgeAge(database, oldest, now), ...judgeCoverage(database, packages)];
}

function judgeAge(
  { newestAt, advisories }: Extract<DatabaseState, { kind: 'read' }>,
  oldest: string,
  now: string,
): Finding {
  const rule = 'database-age';
  const ageMs = newestAt === null ? Number.NaN : Date.parse(now) - Date.parse(newestAt);
  if (Number.isNaN(ageMs))
    return {
      rule,
      verdict: 'inconclusive',
      text: 'nobody says how old the vulnerability database is',
      n: advisories,
    };
  const limit = durationSeconds(oldest) / 86_400;
  const actual = Number((ageMs / dayMs).toFixed(2));
  const told = { rule, actual, limit, n: advisories };
  if (ageMs < -dayMs)
    return {
      ...told,
      verdict: 'inconclusive',
      text: `the vulnerability database says it is of ${newestAt}, which is to come`,
    };
  const isOld = ageMs > limit * dayMs;
  const text = `the newest advisory is ${Math.max(0, actual)} days old, allowed are ${limit}`;
  return { ...told, verdict: isOld ? 'inconclusive' : 'pass', text };
}

function judgeCoverage(
  { missing, unclear, advisories }: Extract<DatabaseState, { kind: 'read' }>,
  packages: number,
): Finding[] {
  const found: Finding[] = missing.map((ecosystem) => ({
    rule: 'database',
    verdict: 'inconclusive',
    text: `the vulnerability database has nothing about ${ecosystem}, of which the image has packages`,
    n: packages,
  }));
  if (unclear.length > 0)
    found.push({
      rule: 'advisories',
      verdict: 'inconclusive',
      text: `${unclear.length} advisories cannot be applied, such as ${unclear.slice(0, 3).join(', ')}`,
      actual: unclear.length,
      limit: 0,
      n: advisories,
    });
  return found;
}
