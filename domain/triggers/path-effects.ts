import { appliedFiles } from './default-path-rules.js';
import { type FileEffect, type FileRules, fileEffects } from './file-effect.js';
import { type LineFiles, modelParts } from './model-parts.js';
import { patternIndex } from './path-index.js';
import { type ServedCode, servedCode } from './served-code.js';
import type { SuppressRule } from './trigger-event.js';

/** A change of a repository, and what is known of it. */
export interface ChangedPaths extends FileRules {
  /** Changed, added and removed files; of a renamed one both names. */
  readonly files: readonly string[];
  /** The models of the project, as the new commit has them. */
  readonly lines: readonly LineFiles[];
}

/** A model that a change is about. */
export interface AffectedModel {
  readonly model: string;
  /** The files, at most 20, and how many there are. */
  readonly paths: readonly string[];
  readonly files: number;
}

export interface PathEffects {
  /** Each file once, in the order in which they came. */
  readonly files: readonly FileEffect[];
  readonly train: readonly AffectedModel[];
  /** Models whose serving code changed, and the endpoints that run it. */
  readonly released: readonly (AffectedModel & { readonly endpoints: readonly string[] })[];
  /** What would start something, and by which rule it does not. */
  readonly suppressed: readonly (AffectedModel & {
    readonly rule: Extract<SuppressRule, 'turned-off' | 'no-pipeline'>;
    readonly reason: string;
  })[];
  /** Whether configuration changed that has to be applied. */
  readonly apply: boolean;
}

/** Most files of a model that are told. */
const mostTold = 20;

const isApplied = patternIndex(appliedFiles.map((pattern) => [pattern, true] as const));

/** What the files of a change lead to: the rules of the project come first, then those of the platform. */
export function pathEffects(changed: ChangedPaths): PathEffects {
  const { lines } = changed;
  const files = changed.files.map(fileEffects(modelParts(lines), changed));
  const trained = affected(files, 'train', lines);
  const served = affected(files, 'serving', lines).map((one) => ({
    ...one,
    endpoints: endpointsRunning(one.model, files, changed.applications),
  }));
  const isOff = new Set(lines.filter(({ triggers }) => triggers.push === false).map(({ model }) => model));
  return {
    files,
    released: served.filter(({ endpoints }) => endpoints.length > 0),
    train: trained.filter(({ model }) => !isOff.has(model)),
    suppressed: [
      ...trained
        .filter(({ model }) => isOff.has(model))
        .map((one) => ({ ...one, rule: 'turned-off' as const, reason: 'triggers.push is false' })),
      ...served
        .filter(({ endpoints }) => endpoints.length === 0)
        .map(({ endpoints: _, ...one }) => ({
          ...one,
          rule: 'no-pipeline' as const,
          reason: 'serving code changed, and no endpoint of the model runs code of this repository',
        })),
    ],
    apply: files.some(
      ({ path, effect }) => effect === 'apply' || (effect !== 'nothing' && isApplied(path).length > 0),
    ),
  };
}

/** Those whose folder holds a file; of serving code that lies in none, such as what a rule names, all of the model. */
function endpointsRunning(
  model: string,
  files: readonly FileEffect[],
  applications: readonly ServedCode[],
): readonly string[] {
  const own = applications.filter((one) => one.model === model);
  const runningIt = servedCode(own);
  const touched = files
    .filter(({ effect, models }) => effect === 'serving' && models.includes(model))
    .flatMap(({ path }) => {
      const holding = runningIt(path);
      return holding.length === 0 ? own : holding;
    });
  return [...new Set(touched.map(({ endpoint }) => endpoint))];
}

/** In the order of the lines. */
function affected(
  files: readonly FileEffect[],
  effect: FileEffect['effect'],
  lines: readonly LineFiles[],
): readonly AffectedModel[] {
  const byModel = new Map<string, string[]>();
  for (const file of files) {
    if (file.effect !== effect) continue;
    for (const model of file.models) {
      const paths = byModel.get(model);
      if (paths === undefined) byModel.set(model, [file.path]);
      else paths.push(file.path);
    }
  }
  return lines.flatMap(({ model }) => {
    const paths = byModel.get(model);
    return paths === undefined ? [] : [{ model, paths: paths.slice(0, mostTold), files: paths.length }];
  });
}
