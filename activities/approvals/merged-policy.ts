import { mergePolicies } from '../../domain/policy/merge-policies.js';
import type { PolicyRecord, PolicyStore } from '../../domain/ports/policies.js';
import { digestOf } from '../data/digest.js';
import type { MergedPolicy } from './deps.js';

/** Policies in force that bear on one model as the one that judges it. */
export function mergeInForce(policies: readonly PolicyRecord[]): MergedPolicy {
  const organisation = policies.find(({ project }) => project === null);
  const model = policies.find((policy) => policy.model !== null);
  const merged = mergePolicies(organisation?.policy, model?.policy);
  return { digest: digestOf(merged), people: merged.people };
}

/** What is in force for a model at this moment. */
export async function mergedPolicyOf(
  policies: Pick<PolicyStore, 'inForce'>,
  project: string,
  model: string,
): Promise<MergedPolicy> {
  const found = await Promise.all([policies.inForce(null, null), policies.inForce(project, model)]);
  return mergeInForce(found.filter((policy) => policy !== undefined));
}
