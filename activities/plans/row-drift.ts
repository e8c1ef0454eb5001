import { canonicalText } from '../../domain/canonical-text.js';
import { governedDifferences } from '../../domain/changes/governed-differences.js';
import type { ProjectConfig } from '../../domain/config/project.js';
import { isRefusal } from '../../domain/errors/catalogue.js';
import { RatchetError } from '../../domain/errors/ratchet-error.js';
import { differingSettings, plannedPartOf } from '../../domain/plans/planned-changes.js';
import type { Drift } from '../../domain/plans/project-plan.js';
import type { ModelLine } from '../../domain/ports/model-lines.js';
import type { ProjectRecord } from '../../domain/ports/projects.js';
import { commitOfModels } from '../projects/commit-of-models.js';
import { governedInForce, readGoverned } from '../projects/read-governed.js';
import { readModels } from '../projects/read-models.js';
import { handledHead } from '../triggers/branch-of.js';
import type { PlanDeps } from './deps.js';

type Deps = Pick<PlanDeps, 'accounts' | 'git' | 'lines' | 'policies' | 'projects' | 'refs'>;

/** Rows of a project that are not what the commit says that they are of: somebody changed them past Git. */
export async function rowDrift(deps: Deps, known: ProjectRecord): Promise<readonly Drift[]> {
  const untold = (why: string): Drift[] => [
    { part: 'setting', name: 'commit', is: `not to be told: ${why}` },
  ];
  const [models, governed] = await Promise.all([
    whereReadable(() => driftOfModels(deps, known)),
    whereReadable(() => driftOfGoverned(deps, known)),
  ]);
  return [models, governed].flatMap((found) => (typeof found === 'string' ? untold(found) : found));
}

/**
 * Why not, where the commit that is in force is gone from its repository by now, or says what is not allowed any more:
 * then there is nothing to hold rows against.
 */
export async function whereReadable<T>(work: () => Promise<T>): Promise<T | string> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof RatchetError)) throw error;
    if (error.code !== 'GIT_NOT_FOUND' && !isRefusal(error.code)) throw error;
    return error.message;
  }
}

/** What the rows of the models and of the settings should be, and are not. Errors: those of Git, `CONFIG_*`. */
export async function driftOfModels(
  deps: Pick<Deps, 'git' | 'lines' | 'refs'>,
  known: ProjectRecord,
): Promise<readonly Drift[]> {
  const { name: project, repo, config } = known;
  const lines = await deps.lines.list(project);
  const commit = commitOfModels(known, lines, await handledHead(deps.refs, known));
  if (commit === undefined) return [];
  const { config: should } = await readGoverned(deps, { repo, commit });
  const wanted = await readModels(deps, { repo, commit }, should);
  const names = new Set([...wanted.lines, ...lines].map(({ model }) => model));
  const models = [...names].flatMap((name): Drift[] => {
    const [row, line] = [lines, wanted.lines].map((some) => some.find(({ model }) => model === name));
    if (textOf(row) === textOf(line)) return [];
    return [{ part: 'model', name, is: `${rowWords(row, line)} ${commit.slice(0, 12)}; it is put back` }];
  });
  return [...models, ...driftOfSettings(should, config, commit)];
}

const textOf = (line: ModelLine | undefined) => (line === undefined ? undefined : canonicalText(line));

function rowWords(is: ModelLine | undefined, should: ModelLine | undefined): string {
  if (is === undefined) return 'its row is gone; it stands in';
  return should === undefined ? 'its row is there, and it does not stand in' : 'its row is not as in';
}

function driftOfSettings(should: ProjectConfig, is: ProjectConfig, commit: string): Drift[] {
  return differingSettings(is, should).map((name) => ({
    ...{ part: 'setting', name },
    is: `its row is not as in ratchet.project.yaml of ${commit.slice(0, 12)}; it is put back`,
  }));
}

/** Only people let in what is governed: it is told, and put back by applying the project again. */
async function driftOfGoverned(deps: Deps, known: ProjectRecord): Promise<readonly Drift[]> {
  const { repo, commit } = known;
  const [{ governed }, inForce] = await Promise.all([
    readGoverned(deps, { repo, commit }),
    governedInForce(deps, known),
  ]);
  return governedDifferences(governed, inForce).map(({ part, name, kind }) => ({
    ...{ part: plannedPartOf[part], name: name ?? part },
    is: `${kind} past Git since ${commit.slice(0, 12)}; ratchet project apply ${known.name} puts it back`,
  }));
}
