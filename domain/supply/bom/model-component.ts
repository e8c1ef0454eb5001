import type { ModelFile } from '../inventory.js';

/** What the registry knows about a model in an image, or beside it. */
export interface ModelLineage {
  /** `project/model`. */
  readonly model: string;
  readonly version: number;
  /** Of the model file, 64 hex digits. */
  readonly sha256: string;
  readonly task: string;
  readonly algorithm: string;
  readonly intendedUse: string;
  readonly limits: readonly string[];
  readonly datasets: readonly { readonly name: string; readonly version: number; readonly digest: string }[];
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /** Values on the test split, by metric. */
  readonly metrics: Readonly<Record<string, number>>;
}

/** A model as a component of CycloneDX 1.6, with its card. What nobody knows is left out, and never made up. */
export function modelComponent(file: ModelFile | null, lineage: ModelLineage | null): object {
  const sha256 = file?.sha256 ?? lineage?.sha256 ?? '';
  return {
    type: 'machine-learning-model',
    'bom-ref': `model:sha256:${sha256}`,
    name: lineage?.model ?? file?.place.split('/').at(-1) ?? 'model',
    ...(lineage === null ? {} : { version: String(lineage.version) }),
    hashes: [{ alg: 'SHA-256', content: sha256 }],
    ...(lineage === null ? {} : { modelCard: modelCard(lineage) }),
    ...(file === null ? {} : { properties: [{ name: 'ratchet:file', value: `/${file.place}` }] }),
  };
}

function modelCard(lineage: ModelLineage): object {
  return {
    modelParameters: {
      task: lineage.task,
      architectureFamily: lineage.algorithm,
      datasets: lineage.datasets.map(({ name, version, digest }) => ({
        type: 'dataset',
        name: `${name}@${version}`,
        contents: { properties: [{ name: 'ratchet:sha256', value: digest }] },
      })),
      inputs: lineage.inputs.map((format) => ({ format })),
      outputs: lineage.outputs.map((format) => ({ format })),
    },
    quantitativeAnalysis: {
      performanceMetrics: Object.entries(lineage.metrics)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([type, value]) => ({ type, value: String(value), slice: 'test' })),
    },
    considerations: {
      useCases: [lineage.intendedUse],
      technicalLimitations: lineage.limits,
    },
  };
}
