import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type { TypedColumn } from '../../domain/lineage/typed-column.js';
import type { DatasetManifest } from '../../domain/ports/datasets.js';

/** The model's inputs with the types they have in the dataset. Error: `MODEL_INTERFACE` for one that is no column. */
export function typedInputs(manifest: DatasetManifest, inputs: readonly string[]): readonly TypedColumn[] {
  return inputs.map((name) => {
    const column = manifest.columns.find((found) => found.name === name);
    if (column) return { name, type: column.type };
    const known = manifest.columns.map((found) => found.name).join(', ');
    throw new RatchetError(
      'MODEL_INTERFACE',
      `evaluation.inputs names "${name}", which is no column of dataset ${manifest.name}; it has ${known}`,
      { name },
    );
  });
}
