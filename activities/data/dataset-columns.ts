import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type { ShapedColumn } from '../../domain/features/column-shape.js';
import { contractColumns, contractProblems } from '../../domain/features/contract-problems.js';
import type { DatasetDefinition } from '../../domain/features/dataset-definition.js';
import { featureColumns } from '../../domain/features/feature-columns.js';
import type { PreparedExamples } from './prepare-examples.js';

/** Columns of the dataset: those of the examples, then the features in the order of the views. Error: `DATA_TYPE` where the contract cannot be kept. */
export function datasetColumns(definition: DatasetDefinition, prepared: PreparedExamples): ShapedColumn[] {
  const { dataset, views, file } = definition;
  const features = views.flatMap(({ config }) => featureColumns(config, prepared.sources[config.name] ?? []));
  const columns = [...prepared.examples, ...features];
  const problems = contractProblems(dataset.contract, columns);
  if (problems.length > 0)
    throw new RatchetError('DATA_TYPE', `${file}: ${problems.join('; ')}`, { file, problems });
  return contractColumns(dataset.contract, columns);
}
