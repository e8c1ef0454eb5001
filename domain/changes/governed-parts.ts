import type { PolicyConfig } from '../config/policy.js';
import type { ProjectConfig } from '../config/project.js';
import type { MemberRecord } from '../ports/accounts.js';

/** What a project may only change with the consent of its people, where it asks for that. */
export interface GovernedParts {
  /** By name. */
  readonly members: readonly Pick<MemberRecord, 'account' | 'roles' | 'emails'>[];
  /** Null where nobody is asked. */
  readonly changes: NonNullable<ProjectConfig['changes']> | null;
  readonly sources: ProjectConfig['sources'];
  /** By model, of those that have one. */
  readonly policies: Readonly<Record<string, PolicyConfig>>;
  /** What holds for every project; null where there is no file. Absent where the project is not the organisation's. */
  readonly organisation?: PolicyConfig | null;
}

/** The parts that are in force, since which commit. */
export interface PartsInForce {
  readonly commit: string;
  readonly governed: GovernedParts;
}

/** Names of the files that say it, in any folder. */
export const governedFiles = ['ratchet.project.yaml', 'policy.yaml'] as const;

/** The parts in one order: equal ones have equal canonical texts, whatever order the files have. */
export function governedParts(
  config: Pick<ProjectConfig, 'changes' | 'sources' | 'organisation'>,
  members: GovernedParts['members'],
  policies: GovernedParts['policies'],
  organisation: PolicyConfig | null = null,
): GovernedParts {
  return {
    members: members
      .map(({ account, roles, emails }) => ({
        account,
        roles: [...new Set(roles)].sort(),
        emails: [...new Set(emails.map((email) => email.toLowerCase()))].sort(),
      }))
      .sort((a, b) => (a.account < b.account ? -1 : 1)),
    changes: config.changes ?? null,
    sources: config.sources,
    policies,
    ...(config.organisation ? { organisation } : {}),
  };
}

/** Members as a file has them, as the parts have them. */
export function membersOf({ members }: Pick<ProjectConfig, 'members'>): GovernedParts['members'] {
  return members.map(({ name, roles, emails }) => ({ account: name, roles, emails }));
}

/** The configuration of a project with other governed parts; what is not governed stays. */
export function withGoverned(
  { changes: _, organisation: __, ...config }: ProjectConfig,
  parts: Pick<ProjectConfig, 'members' | 'changes' | 'sources' | 'organisation'>,
): ProjectConfig {
  const { members, changes, sources, organisation } = parts;
  return {
    ...config,
    members,
    sources,
    ...(changes === undefined ? {} : { changes }),
    ...(organisation === undefined ? {} : { organisation }),
  };
}

/** Folders of the programs that policies name. */
export function programFolders({ policies, organisation }: GovernedParts): readonly string[] {
  const all = [...Object.values(policies), ...(organisation ? [organisation] : [])];
  return all.flatMap(({ programs }) => programs.map(({ path }) => path));
}
