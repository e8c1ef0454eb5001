import { governedDifferences } from '../../domain/changes/governed-differences.js';
import { RatchetError } from '../../domain/errors/ratchet-error.js';
import { inOrder, plannedChanges } from '../../domain/plans/planned-changes.js';
import type { PlanProjectInput, ProjectPlan } from '../../domain/plans/project-plan.js';
import type { Commit } from '../../domain/ports/git.js';
import type { ProjectRecord } from '../../domain/ports/projects.js';
import { governedInForce, type ReadProject, readGoverned } from '../projects/read-governed.js';
import { readModels } from '../projects/read-models.js';
import { handledHead, trackedBranch } from '../triggers/branch-of.js';
import { changedFiles } from '../triggers/changed-files.js';
import type { PlanDeps } from './deps.js';
import { modelFilesAt } from './model-files-at.js';
import { plannedRuns } from './planned-runs.js';
import { rowDrift } from './row-drift.js';
import type { WantedHead } from './wanted-head.js';

/** What a plan tells of; a hostile commit could say more than a message holds. */
const mostChanges = 1000;

/**
 * What applying a commit would change, read from Git and from what is in force. Nothing of the repository is run, and no
 * secret is read, so a commit of a stranger may be planned. Errors: those that applying it would have.
 */
export async function planProject(deps: PlanDeps, input: PlanProjectInput): Promise<ProjectPlan> {
  const known = await deps.projects.get(input.project);
  const ref = input.ref ?? trackedBranch(known) ?? known.ref;
  const head = await readWanted(deps, known, await deps.git.resolve(known.repo, ref, { requests: true }));
  const { changes: others, approval } = await changesBy(deps, head);
  const { endpoints, ...planned } = await plannedRuns(deps, head);
  const changes = inOrder([...others, ...endpoints]);
  return {
    project: known.name,
    commit: { ...head.commit, ref },
    since: head.since,
    files: head.changed.length,
    changes: changes.slice(0, mostChanges),
    moreChanges: Math.max(0, changes.length - mostChanges),
    approval,
    ...planned,
    drift: await rowDrift(deps, known),
  };
}

async function readWanted(deps: PlanDeps, known: ProjectRecord, commit: Commit): Promise<WantedHead> {
  const { name, repo } = known;
  const read = await readGoverned(deps, { repo, commit: commit.id });
  mustBeOf(known, read, commit);
  const models = await readModels(deps, { repo, commit: commit.id }, read.config);
  const from = (await handledHead(deps.refs, known)) ?? null;
  const { files: changed, since } = await changedFiles(deps, { repo, from, to: commit.id });
  const linesInForce = await deps.lines.list(name);
  const paths = changed.map(({ path }) => path);
  const at = { repo, commit: since, lines: linesInForce, changed: paths };
  const filesBefore = await modelFilesAt(deps, at);
  return { known, commit, since, changed, read, models, linesInForce, filesBefore };
}

/** A commit that says it is another project is no change of this one. */
function mustBeOf(known: ProjectRecord, { config }: ReadProject, { id }: Commit): void {
  if (config.project === known.name) return;
  throw new RatchetError(
    'CONFIG_INVALID',
    `ratchet.project.yaml: project is ${config.project} at ${id.slice(0, 12)}, allowed is ${known.name}, as it was added`,
    { project: config.project, added: known.name },
  );
}

async function changesBy(
  deps: PlanDeps,
  { known, commit, read, models, linesInForce, filesBefore }: WantedHead,
): Promise<Pick<ProjectPlan, 'changes' | 'approval'>> {
  const inForce = await governedInForce(deps, known);
  const governed = governedDifferences(inForce, read.governed);
  const changes = plannedChanges({
    before: { project: known, lines: linesInForce, files: filesBefore },
    after: { project: { ...known, config: read.config, commit: commit.id }, ...models },
    governed,
    asks: inForce.changes !== null,
  });
  const asked = governed.length > 0 ? inForce.changes : null;
  return { changes, approval: asked && { role: asked.role, quorum: asked.quorum } };
}
