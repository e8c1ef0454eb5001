import { createHash } from 'node:crypto';
import { canonicalText } from '../../../domain/canonical-text.js';
import { RatchetError } from '../../../domain/errors/ratchet-error.js';
import type { PolicyStore } from '../../../domain/ports/policies.js';
import { type MemoryState, now, requireProject } from './memory-state.js';

export function createMemoryPolicies(state: MemoryState): PolicyStore {
  const { policies, policyVerdicts, versions } = state;
  const at = (project: string | null, model: string | null) =>
    policies.findIndex((one) => one.project === project && one.model === model);
  return {
    async putInForce({ project, model, commit }, policy) {
      if (project !== null) requireProject(state, project);
      const digest = policy && createHash('sha256').update(canonicalText(policy)).digest('hex');
      const index = at(project, model);
      if ((policies[index]?.digest ?? null) === digest) return;
      if (index >= 0) policies.splice(index, 1);
      if (policy === null || digest === null) return;
      policies.push({ project, model, digest, policy, commit, inForceSince: now() });
    },
    inForce: async (project, model) => policies[at(project, model)],
    listInForce: async (project) => memoryPoliciesInForce(state, project),
    async putVerdict(verdict) {
      const known = policyVerdicts.find(({ id }) => id === verdict.id);
      if (known) return known;
      const { project, model, version } = verdict;
      const isThere = versions.some(
        (one) => one.project === project && one.model === model && one.version === version,
      );
      if (!isThere) {
        throw new RatchetError('MODEL_NOT_FOUND', `model ${project}/${model} has no version ${version}`);
      }
      const record = { ...verdict, createdAt: now() };
      policyVerdicts.push(record);
      return record;
    },
    verdict: async (project, model, version) =>
      policyVerdicts.findLast(
        (one) => one.project === project && one.model === model && one.version === version,
      ),
  };
}

/** The organisation's first. */
export function memoryPoliciesInForce({ policies }: MemoryState, project: string) {
  return policies
    .filter((one) => one.project === null || one.project === project)
    .sort((a, b) => Number(a.project !== null) - Number(b.project !== null));
}
