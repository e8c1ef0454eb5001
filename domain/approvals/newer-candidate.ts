import type { PolicyConfig } from '../config/policy.js';

export type NewerRule = NonNullable<PolicyConfig['people']>['newer'];

/** What a candidate does about others of its model that wait for votes. */
export type Encounter =
  /** These end as superseded, and it asks. */
  | { readonly kind: 'ask'; readonly supersedes: readonly number[] }
  /** It asks when this version's approval has ended. */
  | { readonly kind: 'wait'; readonly for: number }
  /** A newer one was there before it. */
  | { readonly kind: 'superseded'; readonly by: number };

/**
 * The promotion rule. `supersedes`: a newer candidate ends the approvals of older ones, and an older one that comes
 * late finds itself superseded. `waits`: a candidate lets older ones come to their end first; newer ones do not concern it.
 */
export function meetOthers(version: number, open: readonly number[], rule: NewerRule): Encounter {
  const older = open.filter((other) => other < version);
  if (rule === 'waits') {
    return older.length === 0 ? { kind: 'ask', supersedes: [] } : { kind: 'wait', for: Math.max(...older) };
  }
  const newer = open.filter((other) => other > version);
  return newer.length > 0
    ? { kind: 'superseded', by: Math.max(...newer) }
    : { kind: 'ask', supersedes: older };
}
