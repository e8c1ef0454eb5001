import { secondOrganisation } from '../../domain/changes/second-organisation.js';
import type { ProjectConfig } from '../../domain/config/project.js';
import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type { ApplyProjectInput } from '../../domain/lifecycle/apply-project.js';
import type { ProjectRecord } from '../../domain/ports/projects.js';
import type { ProjectDeps } from './deps.js';

type Asked = Pick<ApplyProjectInput, 'repo' | 'by' | 'onlyProject'>;

/**
 * Who may read a repository again may not do all that its file may say by now: another project is an administrator's to
 * add, and so is what turns a project into the organisation's, or back. Errors: `FORBIDDEN`, `CONFLICT` where the name
 * belongs to another repository or another project is the organisation's.
 */
export async function refuseBeyondMembers(
  deps: Pick<ProjectDeps, 'accounts' | 'projects'>,
  asked: Asked,
  config: ProjectConfig,
  known: ProjectRecord | undefined,
): Promise<void> {
  const administers = await isAdministrator(deps, asked);
  if (known?.repo !== asked.repo) {
    if (!administers && !(await reads(deps, asked, known))) throw notYours(config.project);
    if (known) throw ofAnotherRepository(config.project);
  }
  const { organisation = false } = config;
  if (organisation === (known?.config.organisation ?? false)) return;
  if (!administers) throw forAdministrators(config.project, organisation);
  const first = organisation ? await deps.projects.organisation() : undefined;
  if (first !== undefined) throw secondOrganisation(first.name, config.project);
}

/** A token for one project is not one for the platform, whoever holds it. */
async function isAdministrator(
  { accounts }: Pick<ProjectDeps, 'accounts'>,
  { by, onlyProject }: Asked,
): Promise<boolean> {
  if (by === undefined || onlyProject !== undefined) return false;
  const { admin, disabledAt } = await accounts.get(by);
  return admin && disabledAt === null;
}

async function reads(
  { accounts }: Pick<ProjectDeps, 'accounts'>,
  { by, onlyProject }: Asked,
  known: ProjectRecord | undefined,
): Promise<boolean> {
  if (known === undefined || (onlyProject !== undefined && onlyProject !== known.name)) return false;
  return (await accounts.members(known.name)).some(({ account }) => account === by);
}

/** The same whether there is such a project or not: who may not read it does not learn of it. */
function notYours(project: string): RatchetError {
  return new RatchetError(
    'FORBIDDEN',
    `the repository says that it is project "${project}", which is none of yours: a project is added by an administrator`,
    { project },
  );
}

function ofAnotherRepository(project: string): RatchetError {
  return new RatchetError('CONFLICT', `project "${project}" belongs to another repository`, { project });
}

function forAdministrators(project: string, organisation: boolean): RatchetError {
  return new RatchetError(
    'FORBIDDEN',
    `"organisation" of project "${project}" is turned ${organisation ? 'on' : 'off'} by an administrator alone: its policy holds for every project`,
    { project },
  );
}
