import { type ModelConfig, modelSchema } from '../../../domain/config/model.js';
import type { ModelChange } from '../../../domain/risk/classify-change.js';
import type { FileKind } from '../../../domain/risk/file-kind.js';
import type { RiskyFile } from '../../../domain/risk/file-signs.js';

/** A change of nothing. */
export const none: ModelChange = { files: [], configuration: null, dataset: null, modelType: null };
export const file = (path: string, kind: FileKind, over: Partial<RiskyFile> = {}): RiskyFile => ({
  path,
  kind,
  change: 'modified',
  lines: 2,
  ...over,
});
/** Rows that only came. */
export const rows = { replacedShare: 0, schemaChanged: false, labelChanged: false };

export const model = modelSchema.parse({
  version: 1,
  model: 'late',
  purpose: {
    intendedUse: 'Tells which flights are late',
    prohibitedUses: ['any other'],
    affectedGroups: ['passengers'],
    sensitiveColumns: [],
  },
  dataset: {
    name: 'late',
    tables: ['flights'],
    examples: 'examples.sql',
    key: ['id'],
    label: 'late',
    labelKnownAt: 'known_at',
    knownUntil: '2013-04-01T00:00:00Z',
    features: ['routes'],
    split: { by: 'hash', validation: 0.2, test: 0.2 },
  },
  training: {
    path: 'training',
    command: ['python', 'train.py'],
    environment: { kind: 'none' },
    algorithm: 'random-forest',
    hyperparameters: { max_depth: 4, network: { hidden_units: [8] } },
  },
  evaluation: { task: 'classification', inputs: ['x'], output: 'p', primary: 'rocAuc' },
});

/** The model with another value at a path. */
export function withValue(path: string, value: unknown, config: ModelConfig = model): ModelConfig {
  const changed = structuredClone(config) as Record<string, unknown>;
  const names = path.split('.');
  const last = names.pop() ?? '';
  let at = changed;
  for (const name of names) at = at[name] as Record<string, unknown>;
  at[last] = value;
  return changed as ModelConfig;
}
