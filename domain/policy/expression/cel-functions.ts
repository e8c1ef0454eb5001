import {
  type CelFunc,
  CelScalar,
  celFunc,
  celMethod,
  isCelList,
  isCelMap,
  listType,
  mapType,
} from '@bufbuild/cel';
import { type Comparison, type ComparisonSite, compare } from './comparison.js';
import { MissingFact, presencePrefix, type Touched } from './fact-values.js';

const { BOOL, DOUBLE, DYN, STRING } = CelScalar;
const anyList = listType(DYN);
const anyMap = mapType(DYN, DYN);

/** What a running rule leaves behind. */
export interface Trace {
  readonly sites: readonly ComparisonSite[];
  readonly touched: Touched;
  readonly comparisons: Comparison[];
}

/** More comparisons than this are not remembered one by one: a macro may make thousands. */
const mostRemembered = 2000;

/** The functions that stand behind the operators, with a way to see what they compared. `current` is the running rule. */
export function celFunctions(current: () => Trace): CelFunc[] {
  const compared = celFunc('@compare', [DOUBLE, DYN, DYN], BOOL, (place, left, right) => {
    const { sites, touched, comparisons } = current();
    const site = sites[place];
    if (site === undefined) throw new RangeError('there is no such comparison');
    const sizes = touched.sizes.splice(0);
    const comparison = compare(site, left, right, sizes.length === 0 ? null : Math.min(...sizes));
    if (comparisons.length < mostRemembered) comparisons.push(comparison);
    return comparison.outcome;
  });
  return [compared, ...pureFunctions];
}

/** A result that is no number has no place in a policy, and neither has a division by zero. */
function finite(result: number, words: string): number {
  if (!Number.isFinite(result)) throw new RangeError(`${words} gives no number`);
  return result;
}

const divide = (left: number, right: number) => {
  if (right === 0) throw new RangeError(`division of ${left} by zero`);
  return finite(left / right, `${left} / ${right}`);
};

const pureFunctions: readonly CelFunc[] = [
  celFunc('@and', [BOOL, BOOL], BOOL, (left, right) => left && right),
  celFunc('@or', [BOOL, BOOL], BOOL, (left, right) => left || right),
  celFunc('_+_', [DOUBLE, DOUBLE], DOUBLE, (left, right) => finite(left + right, `${left} + ${right}`)),
  celFunc('_-_', [DOUBLE, DOUBLE], DOUBLE, (left, right) => finite(left - right, `${left} - ${right}`)),
  celFunc('_*_', [DOUBLE, DOUBLE], DOUBLE, (left, right) => finite(left * right, `${left} * ${right}`)),
  celFunc('_/_', [DOUBLE, DOUBLE], DOUBLE, divide),
  celFunc('abs', [DOUBLE], DOUBLE, Math.abs),
  celFunc('min', [DOUBLE, DOUBLE], DOUBLE, (left, right) => Math.min(left, right)),
  celFunc('max', [DOUBLE, DOUBLE], DOUBLE, (left, right) => Math.max(left, right)),
  celFunc('size', [anyList], DOUBLE, ({ size }) => size),
  celFunc('size', [anyMap], DOUBLE, ({ size }) => size),
  celFunc('size', [STRING], DOUBLE, (value) => [...value].length),
  celMethod('size', anyList, [], DOUBLE, function () {
    return this.size;
  }),
  celMethod('size', anyMap, [], DOUBLE, function () {
    return this.size;
  }),
  celMethod('size', STRING, [], DOUBLE, function () {
    return [...this].length;
  }),
  celFunc('@in', [STRING, anyMap], BOOL, (name, value) => value.get(presencePrefix + name) === true),
  celFunc('@present', [DYN, STRING], BOOL, (value, name) =>
    isCelMap(value) ? value.get(presencePrefix + name) === true : false,
  ),
  celFunc('@some', [DYN], DYN, (value) => {
    const size = isCelList(value) || isCelMap(value) ? value.size : undefined;
    if (size === 0) throw new MissingFact('there is nothing to look at: the list is empty');
    return value;
  }),
];
