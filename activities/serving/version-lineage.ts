import type { ModelCard } from '../../domain/card/model-card.js';
import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type { BlobStore } from '../../domain/ports/blobs.js';
import type { ModelRegistry, ModelVersionRecord, TensorSpec } from '../../domain/ports/models.js';
import type { ModelLineage } from '../../domain/supply/bom/model-component.js';

export interface VersionLineage {
  readonly model: ModelLineage;
  readonly evaluation: { readonly id: string; readonly report: string };
}

/** What the registry knows of a version, as a bill of materials and a statement say it. Errors: those of the stores, `NOT_TRACEABLE`. */
export async function versionLineage(
  deps: { readonly blobs: Pick<BlobStore, 'getJson'>; readonly registry: Pick<ModelRegistry, 'evaluation'> },
  version: ModelVersionRecord,
): Promise<VersionLineage> {
  const [evaluation, kept] = await Promise.all([
    deps.registry.evaluation(version.evaluationId),
    deps.blobs.getJson(version.card) as Promise<{ readonly card?: ModelCard }>,
  ]);
  const { card } = kept;
  const name = `${version.project}/${version.model}`;
  if (card === undefined)
    throw new RatchetError('NOT_TRACEABLE', `version ${version.version} of ${name} has no model card`);
  return {
    model: {
      ...{ model: name, version: version.version, sha256: version.file.sha256 },
      ...{ task: card.task, algorithm: version.algorithm, limits: card.limits, metrics: version.metrics },
      intendedUse: card.purpose.intendedUse,
      datasets: [{ ...version.dataset, digest: evaluation.datasetDigest }],
      inputs: version.interface.inputs.map(formatOf),
      outputs: version.interface.outputs.map(formatOf),
    },
    evaluation: { id: evaluation.id, report: evaluation.report.sha256 },
  };
}

const formatOf = ({ name, type, shape }: TensorSpec) => `${name}: ${type}[${shape.join(', ')}]`;
