import type { DatasetDefinition, ViewDefinition } from '../../domain/features/dataset-definition.js';
import type { BlobRef } from '../../domain/ports/blobs.js';
import type { DataDeps } from './deps.js';
import { type Fingerprints, vectorsKey, viewDigest } from './keys.js';
import type { PreparedExamples } from './prepare-examples.js';

/** A declared view at its version, and the vectors that are there for these examples already. */
export interface VectorsPlan {
  readonly view: ViewDefinition;
  readonly version: number;
  readonly digest: string;
  readonly key: string;
  /** Digest of the examples. */
  readonly examples: string;
  readonly stored: BlobRef | null;
}

/** Declares every view and looks for its vectors. Vectors whose object is gone are none. */
export async function planVectors(
  deps: Pick<DataDeps, 'features' | 'blobs'>,
  definition: DatasetDefinition,
  prepared: PreparedExamples,
  { project, commit, fingerprints }: { project: string; commit: string; fingerprints: Fingerprints },
): Promise<VectorsPlan[]> {
  const plans: VectorsPlan[] = [];
  for (const view of definition.views) {
    const digest = viewDigest(view.config, definition.tables);
    const { version } = await deps.features.declare(project, view.config, digest, commit);
    const examples = prepared.spines[view.config.name] ?? '';
    const key = vectorsKey({ project, digest, tables: view.config.tables }, fingerprints, examples);
    const found = await deps.features.findVectors(key);
    const stored = found !== undefined && (await deps.blobs.exists(found.file)) ? found.file : null;
    plans.push({ view, version, digest, key, examples, stored });
  }
  return plans;
}
