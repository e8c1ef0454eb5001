import type { ConfigFinding, ConfigPath } from '../config/config-problem.js';
import type { PolicyConfig } from '../config/policy.js';
import { checkExpression } from './expression/check-expression.js';
import { nameProblem } from './expression/name-problem.js';
import { parseExpression } from './expression/parse-expression.js';
import type { FactType } from './facts/fact-type.js';
import { namesOf } from './facts/fact-type.js';
import { factTypes, type KnownModel } from './facts/fact-types.js';
import { plainWords } from './plain-words.js';

/**
 * What is wrong with a policy beyond its shape: names given twice, rules that could never run, metrics and columns
 * that are not there (columns only where the model's configuration is given).
 */
export function checkPolicy(policy: PolicyConfig, model?: KnownModel): ConfigFinding[] {
  const types = factTypes(model);
  return [
    ...twice(policy.rules, 'rules'),
    ...twice(policy.programs, 'programs'),
    ...twice(policy.people?.stages ?? [], 'people', 'stages'),
    ...reserved(policy),
    ...policy.rules.flatMap(({ require }, at) => ruleFindings(require, ['rules', at, 'require'], types)),
    ...sliceFindings(policy, types),
    ...wordFindings(policy),
    ...stageFindings(policy),
  ];
}

function twice(named: readonly { readonly name: string }[], ...path: readonly string[]): ConfigFinding[] {
  return named.flatMap(({ name }, at): ConfigFinding[] =>
    named.findIndex((other) => other.name === name) === at
      ? []
      : [{ path: [...path, at, 'name'], came: `${name} a second time`, allowed: 'each name once' }],
  );
}

/** Names of results that every policy has. */
function reserved({ rules, programs }: PolicyConfig): ConfigFinding[] {
  const check = (named: readonly { readonly name: string }[], list: string) =>
    named.flatMap(({ name }, at): ConfigFinding[] =>
      name === 'least-isolation' || name.startsWith('ethics-')
        ? [{ path: [list, at, 'name'], came: name, allowed: 'a name that no check of Ratchet has' }]
        : [],
    );
  const shared = programs.flatMap(({ name }, at): ConfigFinding[] =>
    rules.some((rule) => rule.name === name)
      ? [{ path: ['programs', at, 'name'], came: `${name}, which is a rule`, allowed: 'a name of its own' }]
      : [],
  );
  return [...check(rules, 'rules'), ...check(programs, 'programs'), ...shared];
}

function ruleFindings(
  source: string,
  path: ConfigPath,
  types: Readonly<Record<string, FactType>>,
): ConfigFinding[] {
  const parsed = parseExpression(source);
  if (parsed.kind === 'refused') return [{ path, came: parsed.came, allowed: parsed.allowed }];
  const seen = new Set<string>();
  return checkExpression(parsed.expr, types).flatMap(({ came, allowed }): ConfigFinding[] => {
    if (seen.has(came)) return [];
    seen.add(came);
    return [{ path, came, allowed }];
  });
}

function sliceFindings({ ethics }: PolicyConfig, types: Readonly<Record<string, FactType>>): ConfigFinding[] {
  const gaps = types['gaps'];
  const columns = gaps ? namesOf(gaps) : [];
  const metrics = gaps?.kind === 'map' ? namesOf(gaps.value) : [];
  return (ethics?.slices ?? []).flatMap((slice, at): ConfigFinding[] => {
    const path = ['ethics', 'slices', at];
    const unknown = (key: 'column' | 'metric', known: readonly string[], what: string): ConfigFinding[] => {
      if (known.includes(slice[key])) return [];
      const [came, allowed] = nameProblem(what, slice[key], known);
      return [{ path: [...path, key], came, allowed }];
    };
    const isEmpty =
      slice.least === undefined && slice.leastRatio === undefined && slice.mostGap === undefined;
    return [
      ...(gaps?.kind === 'map' && gaps.keys === undefined ? [] : unknown('column', columns, 'slice column')),
      ...unknown('metric', metrics, 'metric'),
      ...(isEmpty
        ? [{ path, came: 'without a limit', allowed: 'one or more of least, leastRatio, mostGap' }]
        : []),
    ];
  });
}

/** A statement of blanks says nothing, and a purpose of signs alone would be found nowhere. */
function wordFindings({ ethics }: PolicyConfig): ConfigFinding[] {
  const without = (text: string, path: ConfigPath): ConfigFinding[] =>
    plainWords(text) === ''
      ? [{ path, came: `${JSON.stringify(text.slice(0, 40))}, without a word`, allowed: 'a text with words' }]
      : [];
  if (ethics === undefined) return [];
  return [
    ...without(ethics.statement, ['ethics', 'statement']),
    ...ethics.prohibitedPurposes.flatMap((text, at) => without(text, ['ethics', 'prohibitedPurposes', at])),
  ];
}

function stageFindings({ people }: PolicyConfig): ConfigFinding[] {
  return (people?.stages ?? []).flatMap(({ escalate, role }, at): ConfigFinding[] =>
    escalate?.role === role
      ? [
          {
            path: ['people', 'stages', at, 'escalate', 'role'],
            came: `${role}, who may vote anyway`,
            allowed: 'another role',
          },
        ]
      : [],
  );
}
