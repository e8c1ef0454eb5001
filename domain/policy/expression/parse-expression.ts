import { parse } from '@bufbuild/cel';
import { callOf, childrenOf, type Expr } from './tree.js';

/** What a rule may cost. Larger ones are refused before anything is planned. */
export const expressionLimits = {
  characters: 2000,
  /** Brackets inside brackets, in the text. */
  brackets: 32,
  /** Signs that may follow each other without a value between. */
  signs: 8,
  nodes: 600,
  depth: 48,
  /** Macros (all, exists, filter ...) inside macros. */
  macros: 2,
} as const;

/** An expression, or what is wrong with it: what came, and what is allowed. */
export type ParsedExpression =
  | { readonly kind: 'parsed'; readonly expr: Expr }
  | { readonly kind: 'refused'; readonly came: string; readonly allowed: string };

/** Reads a rule. The parser recurses, so that its text is measured first. */
export function parseExpression(source: string): ParsedExpression {
  const tooMuch = textProblem(source);
  if (tooMuch !== undefined) return tooMuch;
  let expr: Expr;
  try {
    expr = parse(source).expr;
  } catch (error) {
    return { kind: 'refused', came: syntaxText(error), allowed: 'a CEL expression' };
  }
  return treeProblem(expr) ?? { kind: 'parsed', expr };
}

function refused(came: string, allowed: string): ParsedExpression {
  return { kind: 'refused', came, allowed };
}

function textProblem(source: string): ParsedExpression | undefined {
  const { characters, brackets, signs } = expressionLimits;
  if (source.length > characters) return refused(`${source.length} characters long`, `at most ${characters}`);
  let depth = 0;
  let deepest = 0;
  for (const [token] of source.matchAll(tokens)) {
    if ('([{'.includes(token)) depth += 1;
    else if (')]}'.includes(token)) depth -= 1;
    deepest = Math.max(deepest, depth);
  }
  if (deepest > brackets) return refused(`${deepest} brackets deep`, `at most ${brackets}`);
  if (new RegExp(`(?:[!-]\\s*){${signs + 1}}`).test(source))
    return refused('a row of signs without a value', `at most ${signs} of ! and - together`);
  return undefined;
}

/** Texts are one token, so that brackets in them do not count. */
const tokens = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[()[\]{}]/gs;

function treeProblem(root: Expr): ParsedExpression | undefined {
  const { nodes: mostNodes, depth: mostDepth, macros: mostMacros } = expressionLimits;
  let nodes = 0;
  const waiting = [{ expr: root, depth: 1, macros: 0 }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    nodes += 1;
    const macros = next.macros + (next.expr.exprKind.case === 'comprehensionExpr' ? 1 : 0);
    if (nodes > mostNodes) return refused(`more than ${mostNodes} parts`, `at most ${mostNodes}`);
    if (next.depth > mostDepth) return refused(`more than ${mostDepth} levels deep`, `at most ${mostDepth}`);
    if (macros > mostMacros)
      return refused(`${macros} macros inside each other`, `at most ${mostMacros}, such as slices.all(...)`);
    for (const expr of childrenOf(next.expr))
      waiting.push({ expr, depth: next.depth + depthOf(next.expr, expr), macros });
  }
  return undefined;
}

/** `a && b && c` nests in the tree and not for a reader. */
function depthOf(parent: Expr, child: Expr): number {
  const chain = ['_&&_', '_||_'].includes(callOf(parent)?.name ?? '');
  return chain && callOf(parent)?.name === callOf(child)?.name ? 0 : 1;
}

/** `<input>:1:11: found & but expecting end of input` as words with the column. */
function syntaxText(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const found = /^<input>:(\d+):(\d+): (.*)$/s.exec(message);
  const [, line, column, words] = found ?? [];
  const place = line === '1' ? `character ${column}` : `line ${line}, character ${column}`;
  return found ? `no expression at ${place} (${words?.slice(0, 120)})` : 'no expression';
}
