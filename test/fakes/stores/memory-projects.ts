import { withGoverned } from '../../../domain/changes/governed-parts.js';
import { secondOrganisation } from '../../../domain/changes/second-organisation.js';
import { RatchetError } from '../../../domain/errors/ratchet-error.js';
import type { ProjectRecord, ProjectStore } from '../../../domain/ports/projects.js';
import { createMemoryMembers } from './memory-accounts.js';
import { createMemoryPolicies } from './memory-policies.js';
import { type MemoryState, now, requireProject } from './memory-state.js';

export function createMemoryProjects(state: MemoryState): ProjectStore {
  const members = createMemoryMembers(state);
  const policies = createMemoryPolicies(state);
  const refuseOthers = ({ name, repo }: Pick<ProjectRecord, 'name' | 'repo'>) => {
    const known = state.projects.get(name);
    if (known && known.repo !== repo) {
      throw new RatchetError('CONFLICT', `project "${name}" belongs to another repository`);
    }
    return known;
  };
  const organisation = () => [...state.projects.values()].find(({ config }) => config.organisation);
  const refuseSecond = ({ name, config }: Pick<ProjectRecord, 'name' | 'config'>) => {
    const first = organisation();
    if (!config.organisation || first === undefined || first.name === name) return;
    throw secondOrganisation(first.name, name);
  };
  return {
    async put(project, governed) {
      const { name, commit, config } = project;
      const known = refuseOthers(project);
      if (governed && (known?.commit ?? null) !== governed.after) {
        throw new RatchetError('CONFLICT', `project "${name}" has ${known?.commit ?? 'nothing'} in force`);
      }
      refuseSecond(project);
      if (governed?.approval) noteApplied(state, project, governed.approval);
      const record = { ...project, updatedAt: now() };
      state.projects.set(name, record);
      if (!known) state.projectNames.push(name);
      if (governed === undefined) return record;
      await members.putMembers(name, commit, governed.members);
      const inForce = state.policies.filter((one) => one.project === name).map(({ model }) => model);
      for (const model of new Set([...inForce, ...Object.keys(governed.policies)])) {
        if (model === null) continue;
        await policies.putInForce({ project: name, model, commit }, governed.policies[model] ?? null);
      }
      if (config.organisation || known?.config.organisation) {
        const all = { project: null, model: null, commit };
        await policies.putInForce(all, governed.organisation ?? null);
      }
      return record;
    },
    async putModels(project) {
      const known = requireProject(state, project.name);
      refuseOthers(project);
      const config = withGoverned(project.config, known.config);
      const record = { ...known, ref: project.ref, config, updatedAt: now() };
      state.projects.set(project.name, record);
      return record;
    },
    hasApplied: async (approval) => state.applied.has(approval),
    get: async (name) => requireProject(state, name),
    organisation: async () => organisation(),
    list: async () => [...state.projects.values()].sort((a, b) => (a.name < b.name ? -1 : 1)),
  };
}

function noteApplied(
  { applied, approvals }: MemoryState,
  { name, commit }: Pick<ProjectRecord, 'name' | 'commit'>,
  id: string,
): void {
  const found = approvals.get(id);
  const isOf = found?.project === name && found.subject === `change@${commit}`;
  if (!isOf || found.status !== 'approved' || found.kind !== 'change' || applied.has(id)) {
    throw new RatchetError('CONFLICT', `${id} does not put commit ${commit} of "${name}" in force`);
  }
  applied.add(id);
}
