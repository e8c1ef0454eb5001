import type { ExpressionProblem } from './expression/check-expression.js';
import { nameProblem } from './expression/name-problem.js';
import { operatorOf } from './expression/operators.js';
import { parseExpression } from './expression/parse-expression.js';
import { callOf, childrenOf, type Expr } from './expression/tree.js';

/** Longest filter, in characters. */
const longest = 500;

/** What an expression may be about. */
export interface ExpressionScope {
  readonly names: readonly string[];
  /** Fields of those names that have no others. */
  readonly fields: Readonly<Record<string, readonly string[]>>;
}

/** The payload of an event may be anything. */
const eventScope: ExpressionScope = {
  names: ['event', 'payload'],
  fields: { event: ['name', 'source', 'id', 'at'] },
};

/** What gives a number, or a text, and so cannot be the whole of a filter. */
const valueFunctions = ['_+_', '_-_', '_*_', '_/_', '-_', 'size', 'abs', 'min', 'max'];

/** A filter that may be run, or what is wrong with it. */
export type CheckedFilter =
  | { readonly kind: 'parsed'; readonly expr: Expr }
  | ({ readonly kind: 'refused' } & ExpressionProblem);

/**
 * Reads the filter of an event. What the payload holds is not known before, so that only its form is looked at: the
 * names `event` and `payload`, and the operators and functions of policies without macros and regular expressions, so
 * that a filter costs no more than it is long.
 */
export function readFilter(source: string): CheckedFilter {
  return readCondition(source, eventScope);
}

/** The same for an expression about something else. */
export function readCondition(source: string, scope: ExpressionScope): CheckedFilter {
  if (source.length > longest)
    return { kind: 'refused', came: `${source.length} characters long`, allowed: `at most ${longest}` };
  const parsed = parseExpression(source);
  if (parsed.kind === 'refused') return parsed;
  const problem = treeProblem(parsed.expr, scope) ?? resultProblem(parsed.expr, scope);
  return problem === undefined ? parsed : { kind: 'refused', ...problem };
}

function treeProblem(root: Expr, scope: ExpressionScope): ExpressionProblem | undefined {
  const waiting = [root];
  for (let expr = waiting.pop(); expr !== undefined; expr = waiting.pop()) {
    const problem = nodeProblem(expr, scope);
    if (problem !== undefined) return problem;
    waiting.push(...childrenOf(expr));
  }
  return undefined;
}

function nodeProblem(expr: Expr, { names, fields }: ExpressionScope): ExpressionProblem | undefined {
  const { exprKind } = expr;
  switch (exprKind.case) {
    case 'constExpr':
      return constantProblem(exprKind.value.constantKind.case);
    case 'identExpr':
      return unknownName('name', exprKind.value.name, names);
    case 'selectExpr': {
      const { operand, field } = exprKind.value;
      const name = operand?.exprKind.case === 'identExpr' ? operand.exprKind.value.name : '';
      const known = Object.hasOwn(fields, name) ? fields[name] : undefined;
      return known && unknownName(`field of "${name}"`, field, known);
    }
    case 'callExpr':
      return functionProblem(exprKind.value.function, exprKind.value.target !== undefined);
    case 'listExpr':
      return undefined;
    case 'comprehensionExpr':
      return { came: 'a macro over a list', allowed: 'comparisons, "in" and has(...)' };
    default:
      return { came: 'a map or message in braces', allowed: 'names, numbers, texts and lists' };
  }
}

function constantProblem(kind: string | undefined): ExpressionProblem | undefined {
  if (kind === 'doubleValue' || kind === 'int64Value' || kind === 'stringValue' || kind === 'boolValue')
    return undefined;
  if (kind === 'nullValue') return { came: 'null', allowed: 'has(...), which is false for null too' };
  return { came: 'a constant with a suffix or of bytes', allowed: 'numbers, texts, true and false' };
}

function functionProblem(name: string, isMethod: boolean): ExpressionProblem | undefined {
  // What stands in brackets is looked at by itself.
  if (name === '_[_]') return undefined;
  if (name !== 'matches' && operatorOf(name, isMethod) !== undefined) return undefined;
  return unknownName('function', name.replaceAll('_', '').replace('@', ''), functions);
}

const functions = ['has', 'size', 'abs', 'min', 'max', 'contains', 'startsWith', 'endsWith'];

function unknownName(what: string, name: string, known: readonly string[]): ExpressionProblem | undefined {
  if (known.includes(name)) return undefined;
  const [came, allowed] = nameProblem(what, name, known);
  return { came, allowed };
}

/** What can never be true or false is told before it is asked of an event. */
function resultProblem(root: Expr, { fields }: ExpressionScope): ExpressionProblem | undefined {
  const { exprKind } = root;
  const isValue =
    exprKind.case === 'listExpr' ||
    (exprKind.case === 'identExpr' && Object.hasOwn(fields, exprKind.value.name)) ||
    (exprKind.case === 'constExpr' && exprKind.value.constantKind.case !== 'boolValue') ||
    valueFunctions.includes(callOf(root)?.name ?? '');
  return isValue ? { came: 'no condition', allowed: 'an expression that is true or false' } : undefined;
}
