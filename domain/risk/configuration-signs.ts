import { canonicalText } from '../canonical-text.js';
import type { TrainedConfig } from '../config/model.js';
import type { ChangeSign, ChangeType } from './change-types.js';

/** A model's configuration before and after, each with the variant that is trained filled in. */
export interface ConfigurationChange {
  /** Null where the model is new. */
  readonly before: TrainedConfig | null;
  readonly after: TrainedConfig;
}

/**
 * What a change below each path of a ratchet.yaml means; the longest path that holds it decides, and `unrecognised` is
 * what no path holds. Null is no change of the model or of what it is for. `training.variants` counts nothing by
 * itself: the variant that is trained is filled in.
 */
const typeOfPath: Readonly<Record<string, ChangeType | null>> = {
  version: null,
  description: null,
  triggers: null,
  serving: null,
  registry: null,
  'training.algorithm': 'architecture',
  'training.hyperparameters': 'hyperparameters',
  'training.seed': 'hyperparameters',
  'training.environment': 'hyperparameters',
  'training.accelerator': 'hyperparameters',
  'training.devices': 'hyperparameters',
  'training.path': 'architecture',
  'training.command': 'architecture',
  'training.variants': null,
  'training.limits': null,
  'training.capacityDeadlineMinutes': null,
  'training.leastIsolation': null,
  dataset: 'major-dataset',
  'dataset.knownUntil': 'minor-dataset',
  'dataset.recompute': null,
  'evaluation.task': 'architecture',
  'evaluation.inputs': 'major-dataset',
  'evaluation.output': 'serving-api',
  'evaluation.slices': null,
  'evaluation.sliceLeast': null,
  'evaluation.block': null,
};

/** Names of hyper-parameters that say how a model is built. What may be one of them counts as one. */
const architectural =
  /layer|hidden|unit|neuron|head|embed|filter|kernel|activation|architect|backbone|booster|model|estimator_?type/i;

/** What a change of a model's configuration means. */
export function configurationSigns({ before, after }: ConfigurationChange): readonly ChangeSign[] {
  if (before === null) return [{ type: 'architecture', because: 'there is no version before it' }];
  return changedPaths(before, after).flatMap((path): ChangeSign[] => {
    const type = typeOf(path);
    return type === null ? [] : [{ type, because: `${path.join('.')} is another one` }];
  });
}

function typeOf(path: readonly string[]): ChangeType | null {
  if (path[1] === 'hyperparameters' && path.slice(2).some((name) => architectural.test(name)))
    return 'architecture';
  for (let length = path.length; length > 0; length -= 1) {
    const type = typeOfPath[path.slice(0, length).join('.')];
    if (type !== undefined) return type;
  }
  return 'unrecognised';
}

/** Paths of the smallest parts that differ. Lists are one part. */
function changedPaths(before: unknown, after: unknown, path: readonly string[] = []): readonly string[][] {
  if (isMap(before) && isMap(after))
    return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((name) =>
      changedPaths(before[name], after[name], [...path, name]),
    );
  return textOf(before) === textOf(after) ? [] : [[...path]];
}

const textOf = (value: unknown) => (value === undefined ? undefined : canonicalText(value));

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
