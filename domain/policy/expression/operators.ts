import type { FactType } from '../facts/fact-type.js';
import { patternProblem } from './pattern-problem.js';

/** What an operator or function takes, and gives. */
export interface Signature {
  /** As people know it. */
  readonly shown: string;
  readonly allowed: string;
  /** The kind of the result for these kinds of arguments; undefined where they do not fit. */
  readonly result: (args: readonly FactType[]) => FactType | undefined;
  /** Argument that must stand in the rule as it is, and what is refused of it. */
  readonly literal?: number;
  readonly refuse?: (text: string) => string | undefined;
}

const kind = (name: 'number' | 'text' | 'boolean'): FactType => ({ kind: name, about: '' });
type Scalar = 'number' | 'text' | 'boolean';

const all = (args: readonly FactType[], wanted: Scalar) => args.every((arg) => arg.kind === wanted);

function fixed(shown: string, args: readonly Scalar[], result: Scalar, allowed: string): Signature {
  return {
    shown,
    allowed,
    result: (given) =>
      given.length === args.length && given.every((arg, at) => arg.kind === args[at])
        ? kind(result)
        : undefined,
  };
}

const logic = (shown: string, count: number) =>
  fixed(shown, Array<Scalar>(count).fill('boolean'), 'boolean', 'true or false on every side');
const arithmetic = (shown: string) => fixed(shown, ['number', 'number'], 'number', 'two numbers');
const textTest = (shown: string) => fixed(shown, ['text', 'text'], 'boolean', 'a text of a text');

const order = (shown: string): Signature => ({
  shown,
  allowed: 'two numbers, or two texts',
  result: (args) => (all(args, 'number') || all(args, 'text') ? kind('boolean') : undefined),
});

const equality = (shown: string): Signature => ({
  shown,
  allowed: 'two numbers, two texts, or two of true and false',
  result: (args) =>
    all(args, 'number') || all(args, 'text') || all(args, 'boolean') ? kind('boolean') : undefined,
});

const plus: Signature = {
  shown: '+',
  allowed: 'two numbers, or two texts',
  result: ([left, right]) => {
    if (left?.kind === 'list' && right?.kind === 'list') return isOpen(left.element) ? right : left;
    return left && right && left.kind === right.kind && (left.kind === 'number' || left.kind === 'text')
      ? kind(left.kind)
      : undefined;
  },
};

const conditional: Signature = {
  shown: '? :',
  allowed: 'true or false before the question mark, and one kind on both sides of the colon',
  result: ([condition, yes, no]) => {
    if (condition?.kind !== 'boolean' || !yes || !no || !sameKind(yes, no)) return undefined;
    return yes.kind === 'list' && isOpen(yes.element) ? no : yes;
  },
};

const membership: Signature = {
  shown: 'in',
  allowed: 'a value in a list of its kind, or a text in a map',
  result: ([item, container]) => {
    const fits =
      container?.kind === 'list'
        ? item !== undefined && (sameKind(item, container.element) || isOpen(container.element))
        : container?.kind === 'map' && item?.kind === 'text';
    return fits ? kind('boolean') : undefined;
  },
};

const size: Signature = {
  shown: 'size',
  allowed: 'a list, a map or a text',
  result: ([arg, other]) =>
    arg && other === undefined && ['list', 'map', 'text'].includes(arg.kind) ? kind('number') : undefined,
};

const pattern: Signature = { ...textTest('matches'), literal: 1, refuse: patternProblem };

const operators: Readonly<Record<string, Signature>> = {
  '_&&_': logic('&&', 2),
  '_||_': logic('||', 2),
  '!_': logic('!', 1),
  '@not_strictly_false': logic('a macro', 1),
  '_?_:_': conditional,
  '_<_': order('<'),
  '_<=_': order('<='),
  '_>_': order('>'),
  '_>=_': order('>='),
  '_==_': equality('=='),
  '_!=_': equality('!='),
  '_+_': plus,
  '_-_': arithmetic('-'),
  '_*_': arithmetic('*'),
  '_/_': arithmetic('/'),
  '-_': fixed('-', ['number'], 'number', 'a number'),
  '@in': membership,
  size,
  abs: fixed('abs', ['number'], 'number', 'a number'),
  min: fixed('min', ['number', 'number'], 'number', 'two numbers'),
  max: fixed('max', ['number', 'number'], 'number', 'two numbers'),
};

const methods: Readonly<Record<string, Signature>> = {
  size,
  contains: textTest('contains'),
  startsWith: textTest('startsWith'),
  endsWith: textTest('endsWith'),
  matches: pattern,
};

/** The operator or function by its name in the CEL library; undefined for what rules may not use. */
export function operatorOf(name: string, isMethod: boolean): Signature | undefined {
  const table = isMethod ? methods : operators;
  return Object.hasOwn(table, name) ? table[name] : undefined;
}

export function sameKind(left: FactType, right: FactType): boolean {
  if (left.kind !== right.kind) return false;
  if (left.kind !== 'list' || right.kind !== 'list') return true;
  return isOpen(left.element) || isOpen(right.element) || sameKind(left.element, right.element);
}

/** The element of an empty list goes with every other. */
function isOpen(type: FactType): boolean {
  return type.kind === 'object' && type.about === 'anything';
}
