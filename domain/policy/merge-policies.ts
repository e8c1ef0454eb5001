import type { PolicyConfig } from '../config/policy.js';
import { isolationTiers } from '../ports/launcher.js';
import { mergePeople, type PolicyPeople } from './merge-people.js';
import type { RuleResult } from './policy-verdict.js';

export type PolicyOrigin = RuleResult['origin'];
type From<T> = T & { readonly origin: PolicyOrigin };
export type PolicyRule = From<PolicyConfig['rules'][number]>;
export type PolicyProgram = From<PolicyConfig['programs'][number]>;
export type PolicyEthics = From<NonNullable<PolicyConfig['ethics']>>;

/** All that holds for one model: nothing of the organisation's policy is lost, and nothing of the model's. Plain JSON. */
export interface MergedPolicy {
  readonly rules: readonly PolicyRule[];
  readonly programs: readonly PolicyProgram[];
  readonly ethics: readonly PolicyEthics[];
  readonly leastIsolation: PolicyConfig['leastIsolation'];
  /** Null where programs decide alone. */
  readonly people: PolicyPeople | null;
  /** Which policies were merged. */
  readonly origins: readonly PolicyOrigin[];
}

/**
 * The organisation's policy and the model's as one: the stricter wins. Rules, programs and ethics of both hold (of two
 * with one name both must pass), the stronger isolation, and the people of both.
 */
export function mergePolicies(
  organisation: PolicyConfig | undefined,
  model: PolicyConfig | undefined,
): MergedPolicy {
  const both = [
    ...(organisation ? [{ origin: 'organisation' as const, policy: organisation }] : []),
    ...(model ? [{ origin: 'model' as const, policy: model }] : []),
  ];
  const tiers = both.map(({ policy }) => policy.leastIsolation);
  return {
    rules: both.flatMap(({ origin, policy }) => policy.rules.map((rule) => ({ ...rule, origin }))),
    programs: both.flatMap(({ origin, policy }) =>
      policy.programs.map((program) => ({ ...program, origin })),
    ),
    ethics: both.flatMap(({ origin, policy }) => (policy.ethics ? [{ ...policy.ethics, origin }] : [])),
    leastIsolation: isolationTiers.find((tier) => tiers.includes(tier)) ?? 'none',
    people: mergePeople(organisation?.people, model?.people),
    origins: both.map(({ origin }) => origin),
  };
}
