import { nameProblem } from '../expression/name-problem.js';
import { type FactType, kindText, memberOf, namesOf } from '../facts/fact-type.js';
import { isMissing } from '../facts/policy-facts.js';

/**
 * What is given to a case under a name that no fact has, or is of another kind: it would count as missing, and a case
 * that expects nothing better would hold for the wrong reason.
 */
export function givenFactProblems(
  facts: Readonly<Record<string, unknown>>,
  types: Readonly<Record<string, FactType>>,
): readonly string[] {
  return problemsOf(facts, { kind: 'object', fields: types, about: '' }, 'facts');
}

function problemsOf(value: unknown, type: FactType, path: string): readonly string[] {
  if (isMissing(value)) return [];
  switch (type.kind) {
    case 'object':
    case 'map':
      return isGroup(value) ? membersOf(value, type, path) : [otherKind(value, type, path)];
    case 'list':
      if (!Array.isArray(value)) return [otherKind(value, type, path)];
      return value.flatMap((item: unknown, at) => problemsOf(item, type.element, `${path}[${at}]`));
    default:
      return typeof value === jsKind[type.kind] ? [] : [otherKind(value, type, path)];
  }
}

const jsKind = { number: 'number', text: 'string', boolean: 'boolean' } as const;

function membersOf(
  group: Readonly<Record<string, unknown>>,
  type: Extract<FactType, { kind: 'object' | 'map' }>,
  path: string,
): string[] {
  return Object.entries(group).flatMap(([name, value]) => {
    const member = memberOf(type, name);
    if (member !== undefined) return problemsOf(value, member, `${path}.${name}`);
    const [came, allowed] = nameProblem(type.kind === 'map' ? type.of : 'fact', name, namesOf(type));
    return [`${path} has ${came}, allowed is ${allowed}`];
  });
}

const isGroup = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function otherKind(value: unknown, type: FactType, path: string): string {
  const came = JSON.stringify(value)?.slice(0, 60) ?? 'nothing';
  return `${path} is ${came}, allowed is ${kindText[type.kind]}, or { missing: a reason }`;
}
