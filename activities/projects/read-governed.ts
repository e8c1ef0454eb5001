import {
  type GovernedParts,
  governedParts,
  membersOf,
  type PartsInForce,
} from '../../domain/changes/governed-parts.js';
import type { PolicyConfig } from '../../domain/config/policy.js';
import type { ProjectConfig } from '../../domain/config/project.js';
import { parsePolicy } from '../../domain/policy/parse-policy.js';
import type { ProjectRecord } from '../../domain/ports/projects.js';
import { digestOf } from '../data/digest.js';
import { readModelConfig, readProjectConfig } from '../runs/repository-files.js';
import type { ProjectDeps } from './deps.js';

export interface ReadProject {
  readonly config: ProjectConfig;
  readonly governed: GovernedParts;
}

/** A repository at a commit: its project's file, and the policies beside its models, or of all. Errors: `CONFIG_*`. */
export async function readGoverned(
  { git }: Pick<ProjectDeps, 'git'>,
  at: { readonly repo: string; readonly commit: string },
): Promise<ReadProject> {
  const config = await readProjectConfig(git, at);
  const found = await Promise.all(
    config.models.map(async ({ name, path }): Promise<readonly [string, PolicyConfig][]> => {
      const file = `${path.replace(/\/$/, '')}/policy.yaml`.replace(/^\.\//, '');
      const text = await git.readFile(at.repo, at.commit, file);
      if (text === undefined) return [];
      const model = await readModelConfig(git, { ...at, modelPath: path, model: name });
      return [[name, parsePolicy(text, file, model)]];
    }),
  );
  const policies = Object.fromEntries(found.flat());
  const organisation = config.organisation ? await readPolicyOfAll(git, at) : null;
  return { config, governed: governedParts(config, membersOf(config), policies, organisation) };
}

async function readPolicyOfAll(
  git: ProjectDeps['git'],
  { repo, commit }: { readonly repo: string; readonly commit: string },
): Promise<PolicyConfig | null> {
  const file = 'policy.yaml';
  const text = await git.readFile(repo, commit, file);
  return text === undefined ? null : parsePolicy(text, file);
}

/** What of a project is in force. */
export async function governedInForce(
  { accounts, policies }: Pick<ProjectDeps, 'accounts' | 'policies'>,
  { name, config }: ProjectRecord,
): Promise<GovernedParts> {
  const [members, records] = await Promise.all([accounts.members(name), policies.listInForce(name)]);
  const own = records.flatMap(({ project, model, policy }) =>
    project === name && model !== null ? [[model, policy] as const] : [],
  );
  const ofAll = records.find(({ project }) => project === null);
  return governedParts(config, members, Object.fromEntries(own), ofAll?.policy);
}

/** What is in force, since which commit: a change is approved as the one that follows exactly this. */
export function partsInForce({ commit }: ProjectRecord, governed: GovernedParts): PartsInForce {
  return { commit, governed };
}

export function digestInForce(project: ProjectRecord, governed: GovernedParts): string {
  return digestOf(partsInForce(project, governed));
}
