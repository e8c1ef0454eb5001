import { checkConditions } from '../policy/check-conditions.js';
import { checkFilters } from '../policy/check-filters.js';
import { checkFeatureView, checkProject, checkTable } from './check-data.js';
import { checkModel } from './check-model.js';
import { type FeatureViewConfig, featureViewSchema } from './feature-view.js';
import { imagePolicySchema } from './image-policy.js';
import { type ModelConfig, modelSchema } from './model.js';
import { parseConfig } from './parse.js';
import { policySchema } from './policy.js';
import { type PolicyTestConfig, policyTestSchema } from './policy-test.js';
import { type ProjectConfig, projectSchema } from './project.js';
import { type TableConfig, tableSchema } from './table.js';

/** The files that people write, by the name of their schema. */
export const configurationFiles = {
  project: { file: 'ratchet.project.yaml', schema: projectSchema },
  model: { file: 'ratchet.yaml', schema: modelSchema },
  table: { file: 'tables/<name>.yaml', schema: tableSchema },
  'feature-view': { file: 'features/<name>.yaml', schema: featureViewSchema },
  policy: { file: 'policy.yaml', schema: policySchema },
  'policy-test': { file: 'policy-tests/<name>.yaml', schema: policyTestSchema },
  'image-policy': { file: 'image-policy.yaml', schema: imagePolicySchema },
} as const;
export type ConfigurationFile = keyof typeof configurationFiles;

/** Each reads one file with all that can be said about it alone. Error: `CONFIG_INVALID`. */
export const parseProject = (text: string, file: string): ProjectConfig =>
  parseConfig(projectSchema, text, file, checkProject);
export const parseModel = (text: string, file: string): ModelConfig =>
  parseConfig(modelSchema, text, file, (model) => [
    ...checkModel(model),
    ...checkFilters(model),
    ...checkConditions(model),
  ]);
export const parseTable = (text: string, file: string): TableConfig =>
  parseConfig(tableSchema, text, file, checkTable);
export const parseFeatureView = (text: string, file: string): FeatureViewConfig =>
  parseConfig(featureViewSchema, text, file, checkFeatureView);
export const parsePolicyTest = (text: string, file: string): PolicyTestConfig =>
  parseConfig(policyTestSchema, text, file);
