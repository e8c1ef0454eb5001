import type { FactType } from '../facts/fact-type.js';
import { kindText, memberOf, namesOf } from '../facts/fact-type.js';
import { nameProblem } from './name-problem.js';
import { operatorOf, type Signature, sameKind } from './operators.js';
import { type Call, type Comprehension, callOf, type Expr } from './tree.js';

/** Something that is wrong with a rule before it runs. */
export interface ExpressionProblem {
  readonly came: string;
  readonly allowed: string;
}

type Names = Readonly<Record<string, FactType>>;

/** What a part gives; undefined where a problem in it was told already. */
type Given = FactType | undefined;

/**
 * Holds a rule against the facts there can be: names that exist, operators between values of one kind, functions that
 * are known, and true or false at the end. What has a problem is never run.
 */
export function checkExpression(expr: Expr, facts: Names): readonly ExpressionProblem[] {
  const problems: ExpressionProblem[] = [];
  const given = new Checker(facts, problems).typeOf(expr, {});
  if (given !== undefined && given.kind !== 'boolean')
    problems.push({ came: `${kindText[given.kind]}`, allowed: 'an expression that is true or false' });
  return problems;
}

class Checker {
  readonly #facts: Names;
  readonly #problems: ExpressionProblem[];

  constructor(facts: Names, problems: ExpressionProblem[]) {
    this.#facts = facts;
    this.#problems = problems;
  }

  typeOf(expr: Expr, bound: Names): Given {
    const { exprKind } = expr;
    switch (exprKind.case) {
      case 'constExpr':
        return this.#constant(exprKind.value.constantKind.case);
      case 'identExpr':
        return this.#name(exprKind.value.name, bound);
      case 'selectExpr': {
        const { operand, field, testOnly } = exprKind.value;
        const member = operand && this.#member(operand, field, bound);
        return testOnly && member ? { kind: 'boolean', about: '' } : member;
      }
      case 'callExpr':
        return this.#call(expr, exprKind.value, bound);
      case 'listExpr':
        return this.#list(exprKind.value.elements, bound);
      case 'comprehensionExpr':
        return this.#comprehension(exprKind.value, bound);
      default:
        return this.#refuse('a map or message in braces', 'facts, numbers, texts and lists');
    }
  }

  #refuse(came: string, allowed: string): undefined {
    this.#problems.push({ came, allowed });
  }

  #constant(kind: string | undefined): Given {
    if (kind === 'doubleValue' || kind === 'int64Value') return { kind: 'number', about: '' };
    if (kind === 'stringValue') return { kind: 'text', about: '' };
    if (kind === 'boolValue') return { kind: 'boolean', about: '' };
    if (kind === 'nullValue')
      return this.#refuse('null', 'has(...), which says whether a fact is there: no fact is ever null');
    return this.#refuse('a constant with a suffix or of bytes', 'numbers, texts, true and false');
  }

  #name(name: string, bound: Names): Given {
    const found = Object.hasOwn(bound, name) ? bound[name] : undefined;
    if (found !== undefined) return found;
    if (Object.hasOwn(this.#facts, name)) return this.#facts[name];
    return this.#refuse(...nameProblem('fact', name, Object.keys(this.#facts)));
  }

  #member(operand: Expr, field: string, bound: Names): Given {
    const type = this.typeOf(operand, bound);
    if (type === undefined) return undefined;
    const member = memberOf(type, field);
    if (member !== undefined) return member;
    if (type.kind === 'object') return this.#refuse(...nameProblem('field', field, namesOf(type)));
    if (type.kind === 'map') return this.#refuse(...nameProblem(type.of, field, namesOf(type)));
    return this.#refuse(`".${field}" of ${kindText[type.kind]}`, 'a field of a group of facts');
  }

  #list(elements: readonly Expr[], bound: Names): Given {
    const types = elements.map((element) => this.typeOf(element, bound));
    const [first, ...others] = types;
    if (types.some((type) => type === undefined)) return undefined;
    if (first !== undefined && others.some((other) => other && !sameKind(first, other)))
      return this.#refuse('a list of several kinds', 'items of one kind');
    return { kind: 'list', element: first ?? anything, about: '' };
  }

  #call(expr: Expr, call: Call, bound: Names): Given {
    if (call.function === '_[_]') return this.#index(call, bound);
    const args = callOf(expr)?.args ?? [];
    const types = args.map((arg) => this.typeOf(arg, bound));
    const signature = operatorOf(call.function, call.target !== undefined);
    if (signature === undefined)
      return this.#refuse(...nameProblem('function', shownName(call), knownFunctions));
    if (types.some((type) => type === undefined)) return undefined;
    return this.#applied(
      signature,
      types.filter((type) => type !== undefined),
      args,
    );
  }

  #applied(signature: Signature, types: readonly FactType[], args: readonly Expr[]): Given {
    if (signature.literal !== undefined) {
      const text = constantText(args[signature.literal]);
      const problem = text === undefined ? 'a pattern that is computed' : signature.refuse?.(text);
      if (problem !== undefined) return this.#refuse(problem, 'a short regular expression in quotes');
    }
    if (signature.shown === '/' && isZero(args[1]))
      return this.#refuse('a division by zero', 'another divisor');
    const result = signature.result(types);
    if (result !== undefined) return result;
    const came = types.map(({ kind }) => kindText[kind]).join(' and ');
    return this.#refuse(`${signature.shown} of ${came}`, signature.allowed);
  }

  #index({ args }: Call, bound: Names): Given {
    const [operand, key] = args;
    if (operand === undefined || key === undefined) return this.#refuse('an index without a key', 'x["key"]');
    const named = constantText(key);
    if (named !== undefined) return this.#member(operand, named, bound);
    const type = this.typeOf(operand, bound);
    const index = this.typeOf(key, bound);
    if (type === undefined || index === undefined) return undefined;
    if (type.kind === 'list' && index.kind === 'number') return type.element;
    if (type.kind === 'map' && index.kind === 'text') return type.value;
    return this.#refuse(
      `${kindText[type.kind]} at ${kindText[index.kind]}`,
      'a list at a number, or a map at a text',
    );
  }

  #comprehension(value: Comprehension, bound: Names): Given {
    const { iterRange, accuInit, loopStep, result, iterVar, iterVar2, accuVar } = value;
    if (!iterRange || !accuInit || !loopStep || !result || iterVar2 !== '')
      return this.#refuse('a macro with two names', 'one name, as in slices.all(s, ...)');
    if (Object.hasOwn(this.#facts, iterVar))
      return this.#refuse(`the name ${iterVar} for an item, which is a fact`, 'another name, such as s');
    const range = this.typeOf(iterRange, bound);
    const start = this.typeOf(accuInit, bound);
    const item = range && itemOf(range);
    if (range === undefined || start === undefined) return undefined;
    if (item === undefined)
      return this.#refuse(`a macro over ${kindText[range.kind]}`, 'a list, or a map (its names)');
    const step = this.typeOf(loopStep, { ...bound, [iterVar]: item, [accuVar]: start });
    return step && this.typeOf(result, { ...bound, [accuVar]: step });
  }
}

/** The element of `[]`, which goes with every other. */
const anything: FactType = { kind: 'object', fields: {}, about: 'anything' };

function itemOf(type: FactType): FactType | undefined {
  if (type.kind === 'list') return type.element;
  return type.kind === 'map' ? { kind: 'text', about: type.of } : undefined;
}

function constantText(expr: Expr | undefined): string | undefined {
  if (expr?.exprKind.case !== 'constExpr') return undefined;
  const { constantKind } = expr.exprKind.value;
  return constantKind.case === 'stringValue' ? constantKind.value : undefined;
}

function isZero(expr: Expr | undefined): boolean {
  if (expr?.exprKind.case !== 'constExpr') return false;
  return Number(expr.exprKind.value.constantKind.value) === 0;
}

const shownName = ({ function: name }: Call) => name.replaceAll('_', '').replace('@', '');

const knownFunctions = [
  'has',
  'size',
  'abs',
  'min',
  'max',
  'contains',
  'startsWith',
  'endsWith',
  'matches',
  'all',
  'exists',
  'exists_one',
  'filter',
  'map',
] as const;
