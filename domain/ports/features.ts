import type { FeatureViewConfig } from '../config/feature-view.js';
import type { BlobRef } from './blobs.js';

export interface FeatureViewRecord {
  readonly project: string;
  readonly name: string;
  readonly version: number;
  /** Digest of the definition and of the tables it reads. */
  readonly digest: string;
  readonly config: FeatureViewConfig;
  readonly commit: string;
  readonly createdAt: string;
}

/** Vectors of one view for one list of examples. */
export interface FeatureVectors {
  /** Digest of view, sources and examples. */
  readonly key: string;
  readonly project: string;
  readonly view: string;
  readonly version: number;
  readonly rows: number;
  readonly file: BlobRef;
  /** The run that computed them; null where none did, or it was not recorded. */
  readonly runId: string | null;
  readonly createdAt: string;
}

export interface FeatureStore {
  /** The version with this digest, made where there is none. */
  declare(
    project: string,
    config: FeatureViewConfig,
    digest: string,
    commit: string,
  ): Promise<FeatureViewRecord>;
  list(project?: string): Promise<readonly FeatureViewRecord[]>;
  /** Error: `FEATURE_NOT_FOUND`. Newest version where none is given. */
  get(project: string, name: string, version?: number): Promise<FeatureViewRecord>;
  findVectors(key: string): Promise<FeatureVectors | undefined>;
  putVectors(vectors: Omit<FeatureVectors, 'createdAt'>): Promise<void>;
  vectors(project: string, view: string): Promise<readonly FeatureVectors[]>;
  /** Which dataset versions used the view, newest first. */
  usedBy(
    project: string,
    view: string,
  ): Promise<readonly { readonly dataset: string; readonly version: number; readonly viewVersion: number }[]>;
}
