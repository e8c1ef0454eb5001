import type { ChangedFile } from '../../domain/approvals/code-changes.js';
import { RatchetError } from '../../domain/errors/ratchet-error.js';
import { plannedEndpoints } from '../../domain/plans/planned-endpoints.js';
import { plannedRisk } from '../../domain/plans/planned-risk.js';
import type { PlannedChange, PlannedRun, ProjectPlan } from '../../domain/plans/project-plan.js';
import type { ChangeRisk } from '../../domain/risk/classify-change.js';
import type { RiskyFile } from '../../domain/risk/file-signs.js';
import type { AffectedModel, PathEffects } from '../../domain/triggers/path-effects.js';
import { declaredEndpoints } from '../endpoints/declared-endpoints.js';
import { effectsOfChange } from '../triggers/effects-of-change.js';
import type { PlanDeps } from './deps.js';
import type { WantedHead } from './wanted-head.js';

type CountedFile = ChangedFile & Pick<RiskyFile, 'change'>;

/** Files of a run that are told. */
const mostPaths = 5;
const longestPath = 200;

/**
 * The runs that the push of a head would ask for, as the push itself would, each with the risk of its change; and what
 * would become of endpoints.
 */
export async function plannedRuns(
  deps: PlanDeps,
  head: WantedHead,
): Promise<Pick<ProjectPlan, 'runs' | 'suppressed'> & { readonly endpoints: readonly PlannedChange[] }> {
  const { known, commit, since, changed, read, models } = head;
  const declared = declaredEndpoints(models);
  const effects = await effectsOfChange(deps, {
    ...{ repo: known.repo, since, to: commit.id, config: read.config, lines: models.lines },
    files: changed.map(({ path }) => path),
    endpoints: declared,
  });
  const [counted, holds, inForce] = await Promise.all([
    countedFiles(deps, head),
    deps.triggers.holds(known.name),
    deps.endpoints.list(known.name),
  ]);
  const runs = effects.train.map((one): PlannedRun => {
    const hold = holds.find(({ model }) => model === one.model);
    const { risk, changes } = riskOf(head, one.model, filesOf(one, effects, counted));
    return {
      ...one,
      paths: one.paths.slice(0, mostPaths).map((path) => path.slice(0, longestPath)),
      risk,
      changes,
      waits: hold ? `${hold.by} holds it: ${hold.reason}` : null,
    };
  });
  const suppressed = effects.suppressed.map(({ model, rule, reason }) => ({ model, rule, reason }));
  const released = effects.released.flatMap((one) => one.endpoints);
  return { runs, suppressed, endpoints: plannedEndpoints(inForce, declared, released) };
}

/** A model whose file did not change is configured as it is; one that is new has nothing before it. */
function riskOf(head: WantedHead, model: string, files: readonly CountedFile[]): ChangeRisk {
  const after = head.models.files.get(model);
  const line = head.models.lines.find((one) => one.model === model);
  if (after === undefined || line === undefined)
    throw new RatchetError('INTERNAL', `${model} is to be trained and was not read`);
  const isNew = head.linesInForce.every((one) => one.model !== model);
  const isChanged = files.some(({ path }) => path.endsWith('ratchet.yaml'));
  const before = head.filesBefore.get(model) ?? (isNew || isChanged ? undefined : after);
  return plannedRisk({ files, folder: line.path, before, after, isNew });
}

function filesOf(
  { model }: AffectedModel,
  { files }: PathEffects,
  counted: readonly CountedFile[],
): readonly CountedFile[] {
  const own = new Set(files.flatMap(({ path, models }) => (models.includes(model) ? [path] : [])));
  return counted.filter(({ path }) => own.has(path));
}

/** Changed files, and whether they came or went. Without an earlier head all of them came. */
async function countedFiles(
  { git }: PlanDeps,
  { known: { repo }, commit, since, changed }: WantedHead,
): Promise<readonly CountedFile[]> {
  if (since === null) return changed.map((file) => ({ ...file, change: 'added' }));
  const [before, after] = await Promise.all([
    git.listFiles(repo, since, ''),
    git.listFiles(repo, commit.id, ''),
  ]);
  const [was, is] = [new Set(before), new Set(after)];
  const changeOf = (path: string) => (!was.has(path) ? 'added' : is.has(path) ? 'modified' : 'removed');
  return changed.map((file) => ({ ...file, change: changeOf(file.path) }));
}
