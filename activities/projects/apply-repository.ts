import { type GovernedDifference, governedDifferences } from '../../domain/changes/governed-differences.js';
import type { GovernedParts } from '../../domain/changes/governed-parts.js';
import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type { AppliedProject, ApplyProjectInput } from '../../domain/lifecycle/apply-project.js';
import type { ProjectRecord } from '../../domain/ports/projects.js';
import { declareEndpoints } from '../endpoints/declare-endpoints.js';
import { handledHead, trackedBranch } from '../triggers/branch-of.js';
import { askForChange, endOthers } from './ask-for-change.js';
import { commitOfModels } from './commit-of-models.js';
import type { ProjectDeps } from './deps.js';
import { governedInForce, type ReadProject, readGoverned } from './read-governed.js';
import { readModels } from './read-models.js';
import { refuseBeyondMembers } from './refuse-beyond-members.js';
import { whoLookAgain } from './who-look-again.js';

/** A repository as it was read, beside what is in force of it. */
interface Found extends ReadProject {
  readonly input: ApplyProjectInput;
  readonly commit: string;
  readonly known: ProjectRecord | undefined;
}

/**
 * Reads every model of the project, so that a broken one is refused here and not at its first run. Its models are in
 * force at once; what is governed is too, or waits for the people that what is in force names. Errors: those of Git,
 * `CONFIG_*`, `FORBIDDEN`, `CONFLICT`.
 */
export async function applyRepository(deps: ProjectDeps, input: ApplyProjectInput): Promise<AppliedProject> {
  const commit = await commitToApply(deps, input);
  const at = { repo: input.repo, commit };
  const read = await readGoverned(deps, at);
  const known = await knownProject(deps, read.config.project);
  await refuseBeyondMembers(deps, input, read.config, known);
  const models = await readModels(deps, at, read.config);
  const found = { ...read, input, commit, known };
  const inForce = known && (await governedInForce(deps, known));
  const differences = inForce ? governedDifferences(inForce, read.governed) : [];
  const applied =
    known && inForce?.changes && differences.length > 0
      ? await putModelsAndAsk(deps, { ...found, known }, inForce, differences)
      : await putAll(deps, found);
  await deps.modelLines.put(applied.project, models.lines);
  const { by, ref } = input;
  const releases = await declareEndpoints(deps, { project: applied.project, ...at, ref, by }, models);
  await followFrom(deps, applied);
  return { ...applied, releases };
}

/** Chosen in here, where no other head is applied meanwhile: putting back must not undo a newer one. */
async function commitToApply(
  { audit, git, modelLines, projects, trackedRefs }: ProjectDeps,
  { repo, ref, commit, putsBack }: ApplyProjectInput,
): Promise<string> {
  if (putsBack === undefined) return (await git.resolve(repo, commit ?? ref)).id;
  const { project, drift } = putsBack;
  const [known, lines] = await Promise.all([projects.get(project), modelLines.list(project)]);
  const last = commitOfModels(known, lines, await handledHead(trackedRefs, known)) ?? known.commit;
  const details = { commit: last, drift: drift.join('; ') };
  await audit.append({ action: 'project.put-back', project, subject: project, details });
  return last;
}

/** What a project was added with is no push: its branch is followed from there on. */
async function followFrom(
  { projects, trackedRefs }: ProjectDeps,
  { project, commit }: AppliedProject,
): Promise<void> {
  const ref = trackedBranch(await projects.get(project));
  if (ref !== null && (await trackedRefs.get(project, ref)) === undefined)
    await trackedRefs.move({ project, ref, from: null, to: commit }, []);
}

async function putAll(
  deps: ProjectDeps,
  { input, commit, config, governed, known }: Found,
): Promise<AppliedProject> {
  const { repo, ref } = input;
  const row = { name: config.project, repo, ref, commit, config };
  await deps.projects.put(row, { ...governed, after: known?.commit ?? null, approval: null });
  const open = await whoLookAgain(deps, config.project, [config, known?.config]);
  await endOthers(
    deps,
    config.project,
    open,
    `${commit.slice(0, 12)} takes it back or is in force without it`,
  );
  return { ...resultOf(config, commit), change: null, asks: null, wakes: open.map(({ id }) => id) };
}

async function putModelsAndAsk(
  deps: ProjectDeps,
  found: Found & { readonly known: ProjectRecord },
  inForce: GovernedParts,
  differences: readonly GovernedDifference[],
): Promise<AppliedProject> {
  const { input, commit, config, governed } = found;
  const known = await deps.projects.putModels({ name: config.project, ...input, config });
  const about = { known, inForce, governed, commit, differences, by: input.by ?? null };
  const { approval, ended } = await askForChange(deps, about);
  const { id, project, subject, round, stages } = approval;
  return {
    ...resultOf(config, commit),
    change: { approval: id, differences },
    asks: { approval: id, request: { project, subject, round, stages } },
    wakes: ended,
  };
}

function resultOf({ project, models }: ReadProject['config'], commit: string) {
  return { project, commit, models: models.map(({ name }) => name) };
}

async function knownProject(
  { projects }: Pick<ProjectDeps, 'projects'>,
  name: string,
): Promise<ProjectRecord | undefined> {
  try {
    return await projects.get(name);
  } catch (error) {
    if (error instanceof RatchetError && error.code === 'PROJECT_NOT_FOUND') return undefined;
    throw error;
  }
}
