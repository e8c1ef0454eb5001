import type { DatasetDefinition } from '../../domain/features/dataset-definition.js';
import type { DatasetRequest } from './deps.js';
import type { Fingerprints } from './keys.js';

/** The dataset that a project wants, as its own repository and its own sources tell it. */
export interface WantedDataset {
  readonly request: DatasetRequest;
  readonly definition: DatasetDefinition;
  readonly fingerprints: Fingerprints;
  readonly key: string;
  readonly runId: string | null;
  /** The newest version of the key here, which is not whole; null where there is none. */
  readonly lost: number | null;
}
