import { type ChangeSign, type ChangeType, changeTypes, higherRisk, type RiskLevel } from './change-types.js';
import { type ConfigurationChange, configurationSigns } from './configuration-signs.js';
import { type DatasetDifference, datasetSigns } from './dataset-signs.js';
import { fileSigns, type RiskyFile } from './file-signs.js';

/** What is known of a change of one model. */
export interface ModelChange {
  /** Files that the model is made of, and its serving code. */
  readonly files: readonly RiskyFile[];
  /** Null where no configuration changed. */
  readonly configuration: ConfigurationChange | null;
  /** Null where the dataset is the same version; `unknown` where it is another one and nobody compared them. */
  readonly dataset: DatasetDifference | 'unknown' | null;
  /** What the trained models are, as text such as their operators; null before the new one is there. */
  readonly modelType: { readonly before: string; readonly after: string } | null;
}

export interface ClassifiedChange {
  readonly type: ChangeType;
  readonly risk: RiskLevel;
  /** The first reasons, for people. */
  readonly because: string;
}

export interface ChangeRisk {
  /** Each type once, the highest risk first. */
  readonly changes: readonly ClassifiedChange[];
  /** The highest of them; `low` where nothing changed. */
  readonly risk: RiskLevel;
}

/** Reasons told of one type. */
const mostTold = 3;

/**
 * Of which types a change is, by the table of the reference design, and its risk. What may be of two types counts as
 * the one with the higher risk; what is of no known type is `unrecognised`, of medium risk; documentation is no change.
 * More changes never make a lower risk.
 */
export function classifyChange(change: ModelChange): ChangeRisk {
  const signs = [
    ...fileSigns(change.files),
    ...codeSigns(change),
    ...configurationOf(change),
    ...datasetOf(change.dataset),
  ];
  const types = [...new Set(signs.map(({ type }) => type))];
  const changes = types.map((type) => ({
    type,
    risk: changeTypes[type].risk,
    because: reasonsText(signs.filter((sign) => sign.type === type)),
  }));
  const risk = changes.reduce<RiskLevel>((highest, one) => higherRisk(highest, one.risk), 'low');
  const order: readonly RiskLevel[] = ['high', 'medium', 'low'];
  return { changes: changes.sort((a, b) => order.indexOf(a.risk) - order.indexOf(b.risk)), risk };
}

/** Training code may hold anything: only the trained models show that their architecture is the same. */
function codeSigns({ files, modelType }: ModelChange): ChangeSign[] {
  const code = files.filter(({ kind }) => kind === 'training-code');
  const changed = code.map(({ path, change }) => `${path} is ${change}`);
  if (modelType !== null && modelType.before !== modelType.after)
    return [`the trained model is another one`, ...changed].map(architecture);
  if (modelType === null)
    return changed.map((because) => architecture(`${because}, which may hold the architecture`));
  return changed.map((because) => ({ type: 'hyperparameters', because }));
}

const architecture = (because: string): ChangeSign => ({ type: 'architecture', because });

function configurationOf({ files, configuration }: ModelChange): readonly ChangeSign[] {
  if (configuration !== null) return configurationSigns(configuration);
  return files
    .filter(({ kind }) => kind === 'configuration')
    .map(({ path, change }) => ({
      type: 'unrecognised',
      because: `${path} is ${change} and was not compared`,
    }));
}

function datasetOf(dataset: ModelChange['dataset']): readonly ChangeSign[] {
  if (dataset === null) return [];
  if (dataset === 'unknown')
    return [{ type: 'major-dataset', because: 'the dataset is another version and was not compared' }];
  return datasetSigns(dataset);
}

function reasonsText(signs: readonly ChangeSign[]): string {
  const reasons = [...new Set(signs.map(({ because }) => because))];
  const more = reasons.length - mostTold;
  return [...reasons.slice(0, mostTold), ...(more > 0 ? [`and ${more} more`] : [])].join('; ');
}
