import type { parse } from '@bufbuild/cel';

/** A node of a parsed expression, as the CEL library gives it. */
export type Expr = ReturnType<typeof parse>['expr'];
type Kind<Case> = Extract<Expr['exprKind'], { case: Case }>['value'];
export type Call = Kind<'callExpr'>;
export type Comprehension = Kind<'comprehensionExpr'>;

/** The function of a call with its arguments, the target of a method first. */
export function callOf(expr: Expr): { readonly name: string; readonly args: readonly Expr[] } | undefined {
  if (expr.exprKind.case !== 'callExpr') return undefined;
  const { function: name, target, args } = expr.exprKind.value;
  return { name, args: target === undefined ? args : [target, ...args] };
}

export function childrenOf({ exprKind }: Expr): readonly Expr[] {
  switch (exprKind.case) {
    case 'selectExpr':
      return present([exprKind.value.operand]);
    case 'callExpr':
      return present([exprKind.value.target, ...exprKind.value.args]);
    case 'listExpr':
      return exprKind.value.elements;
    case 'structExpr':
      return exprKind.value.entries.flatMap(({ keyKind, value }) =>
        present([keyKind.case === 'mapKey' ? keyKind.value : undefined, value]),
      );
    case 'comprehensionExpr': {
      const { iterRange, accuInit, loopCondition, loopStep, result } = exprKind.value;
      return present([iterRange, accuInit, loopCondition, loopStep, result]);
    }
    default:
      return [];
  }
}

const present = (nodes: readonly (Expr | undefined)[]) => nodes.filter((node) => node !== undefined);

/** The same node over other children. Structs are never evaluated and stay as they are. */
export function withChildren(expr: Expr, change: (child: Expr) => Expr): Expr {
  const { exprKind } = expr;
  const maybe = (child: Expr | undefined) => (child === undefined ? {} : change(child));
  switch (exprKind.case) {
    case 'selectExpr':
      return rebuilt(expr, { ...exprKind.value, operand: maybe(exprKind.value.operand) });
    case 'callExpr': {
      const { target, args } = exprKind.value;
      const changed = { ...exprKind.value, args: args.map(change) };
      return rebuilt(expr, target === undefined ? changed : { ...changed, target: change(target) });
    }
    case 'listExpr':
      return rebuilt(expr, { ...exprKind.value, elements: exprKind.value.elements.map(change) });
    default:
      return expr;
  }
}

function rebuilt(expr: Expr, value: unknown): Expr {
  return { ...expr, exprKind: { case: expr.exprKind.case, value } } as Expr;
}

/** Nodes that the wrapper makes by itself. The id of what they stand for is kept. */
export function makeCall(at: Expr, name: string, args: readonly Expr[]): Expr {
  const value = { $typeName: 'cel.expr.Expr.Call', function: name, args, target: undefined };
  return { ...at, exprKind: { case: 'callExpr', value } } as unknown as Expr;
}

export function makeConstant(at: Expr, constant: number | boolean | string): Expr {
  const kind = { number: 'doubleValue', boolean: 'boolValue', string: 'stringValue' }[
    typeof constant as 'number'
  ];
  const value = { $typeName: 'cel.expr.Constant', constantKind: { case: kind, value: constant } };
  return { ...at, exprKind: { case: 'constExpr', value } } as unknown as Expr;
}

export function makeName(at: Expr, name: string): Expr {
  return {
    ...at,
    exprKind: { case: 'identExpr', value: { $typeName: 'cel.expr.Expr.Ident', name } },
  } as Expr;
}

export function makeSelect(at: Expr, operand: Expr, field: string): Expr {
  const value = { $typeName: 'cel.expr.Expr.Select', operand, field, testOnly: false };
  return { ...at, exprKind: { case: 'selectExpr', value } } as Expr;
}
