import type { DatasetVersionRef } from './train-model.js';

/** Makes one dataset version. `runId` is the run that asked first and shows the steps. */
export interface IngestDatasetInput {
  readonly project: string;
  readonly runId: string;
  readonly round: number;
  readonly repo: string;
  readonly commit: string;
  readonly modelPath: string;
  readonly name: string;
  readonly key: string;
  /** What each table's source holds, by table. */
  readonly fingerprints: Readonly<Record<string, string>>;
}

export type IngestDatasetResult = DatasetVersionRef;
