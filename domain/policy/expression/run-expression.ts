import { type CelEnv, celEnv, isCelError, plan } from '@bufbuild/cel';
import type { FactType } from '../facts/fact-type.js';
import { celFunctions, type Trace } from './cel-functions.js';
import type { Comparison } from './comparison.js';
import { factValues, MissingFact, type Touched } from './fact-values.js';
import { factsName, makeStrict } from './make-strict.js';
import { callOf, type Expr } from './tree.js';

/** How one condition ended. `missing` is what makes a rule inconclusive. */
export type ExpressionResult =
  | { readonly kind: 'value'; readonly value: boolean; readonly comparisons: readonly Comparison[] }
  | { readonly kind: 'missing'; readonly reason: string; readonly comparisons: readonly Comparison[] }
  | { readonly kind: 'error'; readonly reason: string; readonly comparisons: readonly Comparison[] };

/** Runs checked expressions over one set of facts. Does not throw: what goes wrong is a result. */
export class ExpressionRunner {
  readonly #env: CelEnv;
  readonly #facts: ReturnType<typeof factValues>;
  readonly #touched: Touched = { sizes: [] };
  #trace: Trace = { sites: [], touched: this.#touched, comparisons: [] };

  constructor(facts: Readonly<Record<string, unknown>>, types: Readonly<Record<string, FactType>>) {
    this.#facts = factValues(facts, types, this.#touched);
    this.#env = celEnv({ funcs: celFunctions(() => this.#trace) });
  }

  run(root: Expr): ExpressionResult {
    const { expr, sites } = makeStrict(root);
    this.#touched.sizes.length = 0;
    const comparisons: Comparison[] = [];
    this.#trace = { sites, touched: this.#touched, comparisons };
    let value: unknown;
    try {
      value = plan(this.#env, expr)({ [factsName]: this.#facts });
    } catch (error) {
      value = error;
    }
    if (typeof value === 'boolean') return { kind: 'value', value, comparisons };
    return { ...failureOf(value), comparisons };
  }
}

function failureOf(value: unknown): { kind: 'missing' | 'error'; reason: string } {
  const missing = causesOf(value).find((cause) => cause instanceof MissingFact);
  if (missing) return { kind: 'missing', reason: missing.message };
  if (isCelError(value) || value instanceof Error) return { kind: 'error', reason: value.message };
  return { kind: 'error', reason: 'it gives neither true nor false' };
}

/** An error with what lies behind it. */
function causesOf(value: unknown): unknown[] {
  const causes: unknown[] = [];
  for (let next = value; next !== undefined && causes.length < 10; ) {
    causes.push(next);
    next = isCelError(next) || next instanceof Error ? next.cause : undefined;
  }
  return causes;
}

/** The parts that must all hold: `a && b && c` is judged part by part, so that each is told. */
export function conjunctsOf(expr: Expr): readonly Expr[] {
  const call = callOf(expr);
  return call?.name === '_&&_' ? call.args.flatMap(conjunctsOf) : [expr];
}
