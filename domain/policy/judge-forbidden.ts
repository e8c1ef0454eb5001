import { factAt, numberAt } from './facts/fact-at.js';
import type { PolicyEthics } from './merge-policies.js';
import type { RuleResult } from './policy-verdict.js';

type Judgement = Pick<RuleResult, 'verdict' | 'text'> &
  Partial<Pick<RuleResult, 'name' | 'actual' | 'limit' | 'distance' | 'n'>>;
type Named = Judgement & Pick<RuleResult, 'name'>;
type Facts = Readonly<Record<string, unknown>>;

/** Forbidden columns among the inputs, by name; and inputs that say nearly as much as one of them. */
export function judgeForbidden(ethics: PolicyEthics, facts: Facts): readonly Named[] {
  return [
    { name: 'ethics-forbidden-features', ...byName(ethics, facts) },
    { name: 'ethics-near-copies', ...nearCopies(ethics, facts) },
  ];
}

function byName({ forbiddenFeatures }: PolicyEthics, facts: Facts): Judgement {
  const found = factAt(facts, ['model', 'inputs']);
  if (found.kind === 'missing') return { verdict: 'inconclusive', text: found.reason };
  if (!Array.isArray(found.value)) return { verdict: 'error', text: 'model.inputs is no list' };
  const inputs = found.value.map((name) => String(name).toLowerCase());
  const read = forbiddenFeatures.filter((name) => inputs.includes(name.toLowerCase()));
  if (read.length === 0)
    return {
      verdict: 'pass',
      text: `none of ${inputs.length} inputs is one of ${forbiddenFeatures.join(', ')}`,
    };
  return {
    verdict: 'fail',
    text: `the model reads ${read.join(', ')}, which it must not`,
    actual: read[0] ?? null,
  };
}

/** Every forbidden column must have been compared with every input; one that is not in the data cannot be. */
function nearCopies({ forbiddenFeatures, association }: PolicyEthics, facts: Facts): Judgement {
  const found = factAt(facts, ['associations']);
  const inputs = factAt(facts, ['model', 'inputs']);
  if (found.kind === 'missing') return { verdict: 'inconclusive', text: found.reason, limit: association };
  if (inputs.kind === 'missing') return { verdict: 'inconclusive', text: inputs.reason, limit: association };
  if (!Array.isArray(found.value) || !Array.isArray(inputs.value))
    return { verdict: 'error', text: 'associations or model.inputs is no list' };
  const names: readonly string[] = inputs.value.map(String);
  const pairs = forbiddenFeatures.flatMap((column) =>
    names.filter((input) => input !== column).map((input) => pairOf(found.value as unknown[], input, column)),
  );
  const known = pairs.flatMap((pair) => ('value' in pair ? [pair] : [])).sort((a, b) => b.value - a.value);
  const [closest, ...others] = known;
  if (closest !== undefined && closest.value >= association) {
    const also = others.filter(({ value }) => value >= association);
    return { verdict: 'fail', ...closeness(closest, association, also) };
  }
  const unknown = pairs.flatMap((pair) => ('reason' in pair ? [pair.reason] : []));
  if (unknown.length > 0 || closest === undefined) {
    const text = unknown[0] ?? 'there is no input to compare';
    const more = unknown.length > 1 ? ` (and ${unknown.length - 1} more)` : '';
    const rest = closest === undefined ? '' : `; of the others ${closeness(closest, association).text}`;
    return { verdict: 'inconclusive', text: `${text}${more}${rest}`, limit: association };
  }
  return { verdict: 'pass', ...closeness(closest, association) };
}

/** Pairs named beside the nearest. */
const mostTold = 4;

interface Pair {
  readonly input: string;
  readonly column: string;
  readonly value: number;
  readonly measure: string;
  readonly n: number | null;
}

function pairOf(all: readonly unknown[], input: string, column: string): Pair | { readonly reason: string } {
  const fact = all.find((one) => factOf(one, 'input') === input && factOf(one, 'column') === column);
  const what = `how much ${input} says about ${column}`;
  if (fact === undefined)
    return {
      reason: `${what} was not measured: ${column} is not a column of the dataset, or was not forbidden when the facts were gathered`,
    };
  const value = numberAt(fact, ['value']);
  if ('reason' in value) return { reason: `${what} is not known: ${value.reason}` };
  const n = numberAt(fact, ['n']);
  const measure = String(factOf(fact, 'measure') ?? 'an unnamed measure');
  return { input, column, value: value.value, measure, n: 'value' in n ? n.value : null };
}

function factOf(value: unknown, name: string): unknown {
  const found = factAt(value, [name]);
  return found.kind === 'there' ? found.value : undefined;
}

/** The nearest pair with its number, and the names of those that reach the limit too. */
function closeness(
  { input, column, value, measure, n }: Pair,
  limit: number,
  also: readonly Pair[] = [],
): Omit<Judgement, 'verdict'> {
  const told = also
    .slice(0, mostTold)
    .map((pair) => `${pair.input} with ${pair.column} by ${pair.value.toFixed(3)}`);
  const more = also.length > told.length ? [`${also.length - told.length} more`] : [];
  const rest = also.length === 0 ? '' : `; so are ${[...told, ...more].join(', ')}`;
  return {
    text: `${input} is associated with ${column} by ${value.toFixed(3)} (${measure}), below ${limit} is allowed${rest}`,
    actual: value,
    limit,
    distance: limit - value,
    n,
  };
}
