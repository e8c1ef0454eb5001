import type { ComparisonSite } from './comparison.js';
import {
  type Comprehension,
  callOf,
  childrenOf,
  type Expr,
  makeCall,
  makeConstant,
  makeName,
  makeSelect,
  withChildren,
} from './tree.js';

/** The name under which the facts stand; no rule can write it. */
export const factsName = '@facts';

/** A rule as it is run, and where it compares. */
export interface StrictExpression {
  readonly expr: Expr;
  readonly sites: readonly ComparisonSite[];
}

const comparisons: Readonly<Record<string, ComparisonSite['operator']>> = {
  '_<_': '<',
  '_<=_': '<=',
  '_>_': '>',
  '_>=_': '>=',
  '_==_': '==',
  '_!=_': '!=',
};

/**
 * CEL lets `error || true` be true and `all` of nothing hold; a policy must not. So, before it is run:
 * - both sides of `||` and `&&` are run, and what fails on one side fails. Only where the left side asks `has(...)` is the
 *   right side left out when the left one decides;
 * - facts are looked up below one name, and `has(a.b.c)` asks step by step, so that it is false wherever the path ends;
 * - macros that answer true or false refuse an empty list, and look at every item;
 * - whole numbers become numbers, as all facts are;
 * - comparisons go through a function that remembers what was compared.
 */
export function makeStrict(root: Expr): StrictExpression {
  const sites: ComparisonSite[] = [];
  const expr = new Rewriter(sites).rewrite(root, new Set([factsName]), true);
  return { expr, sites };
}

class Rewriter {
  readonly #sites: ComparisonSite[];

  constructor(sites: ComparisonSite[]) {
    this.#sites = sites;
  }

  /** `holds` is false where the rule passes by this being false; null where that cannot be told. */
  rewrite(expr: Expr, bound: ReadonlySet<string>, holds: boolean | null): Expr {
    const { exprKind } = expr;
    switch (exprKind.case) {
      case 'identExpr': {
        const { name } = exprKind.value;
        return bound.has(name) ? expr : makeSelect(expr, makeName(expr, factsName), name);
      }
      case 'constExpr': {
        const { constantKind } = exprKind.value;
        return constantKind.case === 'int64Value' ? makeConstant(expr, Number(constantKind.value)) : expr;
      }
      case 'selectExpr':
        return exprKind.value.testOnly
          ? this.#has(expr, bound)
          : withChildren(expr, (child) => this.rewrite(child, bound, null));
      case 'callExpr':
        return this.#call(expr, bound, holds);
      case 'comprehensionExpr':
        return this.#comprehension(expr, exprKind.value, bound, holds);
      default:
        return withChildren(expr, (child) => this.rewrite(child, bound, null));
    }
  }

  #call(expr: Expr, bound: ReadonlySet<string>, holds: boolean | null): Expr {
    const { name, args } = callOf(expr) ?? { name: '', args: [] };
    const [left, right] = args;
    if (left !== undefined && right !== undefined) {
      if (name === '_&&_' || name === '_||_') {
        const [first, second] = [left, right].map((arg) => this.rewrite(arg, bound, holds)) as [Expr, Expr];
        if (!asksPresence(left)) return makeCall(expr, name === '_&&_' ? '@and' : '@or', [first, second]);
        const branches =
          name === '_&&_' ? [second, makeConstant(expr, false)] : [makeConstant(expr, true), second];
        return makeCall(expr, '_?_:_', [first, ...branches]);
      }
      const operator = Object.hasOwn(comparisons, name) ? comparisons[name] : undefined;
      if (operator !== undefined) return this.#compare(expr, operator, [left, right], bound, holds);
    }
    if (name === '!_')
      return withChildren(expr, (child) => this.rewrite(child, bound, holds === null ? null : !holds));
    if (name === '_?_:_') {
      const [condition, ...branches] = args as [Expr, Expr, Expr];
      const rewritten = branches.map((branch) => this.rewrite(branch, bound, holds));
      return makeCall(expr, name, [this.rewrite(condition, bound, null), ...rewritten]);
    }
    return withChildren(expr, (child) => this.rewrite(child, bound, null));
  }

  #compare(
    expr: Expr,
    operator: ComparisonSite['operator'],
    [left, right]: readonly [Expr, Expr],
    bound: ReadonlySet<string>,
    holds: boolean | null,
  ): Expr {
    const site = this.#sites.length;
    this.#sites.push({ operator, holds, limitIsLeft: namesFacts(right) && !namesFacts(left) });
    const sides = [left, right].map((side) => this.rewrite(side, bound, null));
    return makeCall(expr, `@compare`, [makeConstant(expr, site), ...sides]);
  }

  #has(expr: Expr, bound: ReadonlySet<string>): Expr {
    const { operand, field } = expr.exprKind.value as { operand?: Expr; field: string };
    const own =
      operand && makeCall(expr, '@present', [this.rewrite(operand, bound, null), makeConstant(expr, field)]);
    if (operand === undefined || own === undefined) return makeConstant(expr, false);
    const above = presenceOf(operand, bound);
    if (above === undefined) return own;
    return makeCall(expr, '_?_:_', [this.#has(above, bound), own, makeConstant(expr, false)]);
  }

  #comprehension(expr: Expr, value: Comprehension, bound: ReadonlySet<string>, holds: boolean | null): Expr {
    const inner = new Set([...bound, value.iterVar, value.accuVar]);
    const part = (child: Expr | undefined, names: ReadonlySet<string>, carried: boolean | null) =>
      child === undefined ? undefined : this.rewrite(child, names, carried);
    const range = part(value.iterRange, bound, null);
    const gathers = value.accuInit?.exprKind.case === 'listExpr';
    const isPlain = ['_&&_', '_||_'].includes((value.loopStep && callOf(value.loopStep)?.name) ?? '');
    const changed = {
      ...value,
      iterRange: range === undefined || gathers ? range : makeCall(range, '@some', [range]),
      accuInit: part(value.accuInit, bound, null),
      loopCondition: value.loopCondition && makeConstant(value.loopCondition, true),
      loopStep: part(value.loopStep, inner, isPlain ? holds : null),
      result: part(value.result, inner, null),
    };
    return { ...expr, exprKind: { case: 'comprehensionExpr', value: changed } } as Expr;
  }
}

/** The same question about the part before the last name of a path; undefined at its beginning. */
function presenceOf(operand: Expr, bound: ReadonlySet<string>): Expr | undefined {
  const { exprKind } = operand;
  if (exprKind.case === 'selectExpr' && !exprKind.value.testOnly)
    return { ...operand, exprKind: { ...exprKind, value: { ...exprKind.value, testOnly: true } } };
  if (exprKind.case === 'identExpr' && !bound.has(exprKind.value.name)) {
    const { name } = exprKind.value;
    const select = makeSelect(operand, makeName(operand, factsName), name);
    return {
      ...select,
      exprKind: { ...select.exprKind, value: { ...select.exprKind.value, testOnly: true } },
    } as Expr;
  }
  return undefined;
}

function asksPresence(expr: Expr): boolean {
  if (expr.exprKind.case === 'selectExpr' && expr.exprKind.value.testOnly) return true;
  return childrenOf(expr).some(asksPresence);
}

function namesFacts(expr: Expr): boolean {
  return expr.exprKind.case === 'identExpr' || childrenOf(expr).some(namesFacts);
}
