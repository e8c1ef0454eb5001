import { isLoss } from '../metrics/metric-catalogue.js';
import { factAt, numberAt } from './facts/fact-at.js';
import { judgeForbidden } from './judge-forbidden.js';
import type { MergedPolicy, PolicyEthics } from './merge-policies.js';
import { plainWords } from './plain-words.js';
import type { RuleResult } from './policy-verdict.js';

type Facts = Readonly<Record<string, unknown>>;
type Judgement = Pick<RuleResult, 'verdict' | 'text'> &
  Partial<Pick<RuleResult, 'actual' | 'limit' | 'distance' | 'n'>>;

/** What a policy says about people: always blocking, there is no warning about it. */
export function* judgeEthics(policy: MergedPolicy, facts: Facts): Generator<RuleResult, void> {
  const origins = policy.ethics.map(({ origin }) => origin);
  if (origins.includes('organisation'))
    yield result('ethics-statement', 'organisation', {
      verdict: origins.includes('model') ? 'pass' : 'fail',
      text: origins.includes('model')
        ? 'the policy of the model states what was considered'
        : 'the organisation asks for a statement, and the policy of the model has no "ethics.statement"',
    });
  for (const ethics of policy.ethics) {
    if (ethics.forbiddenFeatures.length > 0) {
      for (const { name, ...judgement } of judgeForbidden(ethics, facts))
        yield result(name, ethics.origin, judgement);
    }
    if (ethics.prohibitedPurposes.length > 0)
      yield result('ethics-purpose', ethics.origin, judgePurpose(ethics, facts));
    for (const slice of ethics.slices) yield* judgeSlice(slice, ethics.origin, facts);
  }
}

function result(name: string, origin: RuleResult['origin'], judgement: Judgement): RuleResult {
  const none = { actual: null, limit: null, distance: null, n: null };
  return { name, kind: 'ethics', origin, severity: 'block', expression: null, ...none, ...judgement };
}

function judgePurpose({ prohibitedPurposes }: PolicyEthics, facts: Facts): Judgement {
  const found = factAt(facts, ['purpose', 'intendedUse']);
  if (found.kind === 'missing') return { verdict: 'inconclusive', text: found.reason };
  if (typeof found.value !== 'string') return { verdict: 'error', text: 'purpose.intendedUse is no text' };
  const use = ` ${plainWords(found.value)} `;
  const hit = prohibitedPurposes.find((words) => use.includes(` ${plainWords(words)} `));
  return hit === undefined
    ? {
        verdict: 'pass',
        text: `the intended use has none of ${prohibitedPurposes.length} prohibited purposes`,
      }
    : { verdict: 'fail', text: `the intended use has "${hit}", which is prohibited`, actual: hit };
}

type SliceDemand = PolicyEthics['slices'][number];

function* judgeSlice(
  demand: SliceDemand,
  origin: RuleResult['origin'],
  facts: Facts,
): Generator<RuleResult, void> {
  const { column, metric, least, leastRatio, mostGap } = demand;
  const lower = isLoss(metric);
  const judge = (what: string, field: string, limit: number, upwards: boolean) =>
    result(
      `ethics-${column}-${metric}-${what}`,
      origin,
      judgeGap(facts, [column, metric, field], limit, upwards),
    );
  if (least !== undefined) yield judge('worst', 'worst', least, !lower);
  if (leastRatio !== undefined) yield judge('ratio', 'ratio', leastRatio, true);
  if (mostGap !== undefined) yield judge('gap', 'gap', mostGap, false);
}

function judgeGap(
  facts: Facts,
  [column, metric, field]: readonly [string, string, string],
  limit: number,
  upwards: boolean,
): Judgement {
  const found = numberAt(facts, ['gaps', column, metric, field]);
  if ('reason' in found) return { verdict: 'inconclusive', text: found.reason, limit };
  const distance = upwards ? found.value - limit : limit - found.value;
  const n = numberAt(facts, ['gaps', column, metric, 'n']);
  const worst = factAt(facts, ['gaps', column, metric, 'worstSlice']);
  const where = worst.kind === 'there' ? `, the worst is ${String(worst.value)}` : '';
  return {
    verdict: distance >= 0 ? 'pass' : 'fail',
    text: `${field} of ${metric} by ${column} is ${short(found.value)}, ${upwards ? 'at least' : 'at most'} ${limit} is allowed${where}`,
    actual: found.value,
    limit,
    distance,
    n: 'value' in n ? n.value : null,
  };
}

const short = (value: number) => Number(value.toPrecision(4));
