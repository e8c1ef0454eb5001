import type { DatasetVersionRef } from '../../domain/lifecycle/train-model.js';
import type { RunStore } from '../../domain/ports/runs.js';
import type { WatermarkStore } from '../../domain/ports/watermarks.js';

/** A run whose dataset is there. */
export interface ConfirmDataInput {
  readonly runId: string;
  readonly dataset: DatasetVersionRef;
}

/** Moves the watermarks of the new data that a run is about, as its dataset has it. */
export async function confirmData(
  deps: { readonly runs: Pick<RunStore, 'get'>; readonly watermarks: WatermarkStore },
  { runId, dataset }: ConfirmDataInput,
): Promise<void> {
  const { project, model, causes } = await deps.runs.get(runId);
  for (const { facts } of causes) {
    if (facts?.kind !== 'new-data') continue;
    await deps.watermarks.confirm({
      project,
      model,
      name: facts.name,
      value: facts.to,
      inLateness: facts.inLateness,
      dataset: `${dataset.name}@${dataset.version}`,
    });
  }
}
