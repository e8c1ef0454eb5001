import { describe, expect, it } from 'vitest';
import { mergedPolicyOf } from '../../../activities/approvals/merged-policy.js';
import { digestOf } from '../../../activities/data/digest.js';
import { type PolicyConfig, policySchema } from '../../../domain/config/policy.js';
import { mergePolicies } from '../../../domain/policy/merge-policies.js';
import { promotionGate } from '../../../workers/promotion-gate.js';
import { createMemoryStores } from '../../fakes/stores/memory-stores.js';

const commit = 'a'.repeat(40);
const asking = (role: string) => ({ stages: [{ name: role, role, quorum: 2 }] });
const policyOf = (parts: object) => policySchema.parse({ version: 1, ...parts });

async function room(organisation: PolicyConfig | null, model: PolicyConfig | null) {
  const stores = createMemoryStores();
  const config = {} as never;
  await stores.projects.put({ name: 'trips', repo: '/trips', ref: 'main', commit, config });
  await stores.policies.putInForce({ project: null, model: null, commit }, organisation);
  await stores.policies.putInForce({ project: 'trips', model: 'late', commit }, model);
  return stores.policies;
}

describe('the policy in force of a model', () => {
  it.each([
    ['none', null, null, []],
    ['the model alone', null, policyOf({ people: asking('reviewer') }), ['reviewer']],
    ['the organisation alone', policyOf({ people: asking('admin') }), null, ['admin']],
    [
      'both',
      policyOf({ people: asking('admin') }),
      policyOf({ people: asking('reviewer') }),
      ['admin', 'reviewer'],
    ],
    ['both, which ask nobody', policyOf({}), policyOf({}), []],
  ])('has the digest that verdicts have, and its people: %s', async (_, organisation, model, names) => {
    const policies = await room(organisation, model);
    const digest = digestOf(mergePolicies(organisation ?? undefined, model ?? undefined));
    const merged = await mergedPolicyOf(policies, 'trips', 'late');
    expect(merged.digest).toBe(digest);
    expect(merged.people?.stages.map(({ name }) => name) ?? []).toEqual(names);
    const inForce = await policies.listInForce('trips');
    const gate = promotionGate().policyInForce(inForce);
    if (inForce.length === 0) return expect(gate).toBeUndefined();
    expect(gate?.digest).toBe(digest);
    expect(gate?.stages?.map(({ name }) => name) ?? []).toEqual(names);
    expect(gate?.stages === null).toBe(names.length === 0);
  });
});
