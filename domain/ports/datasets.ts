import type { BlobRef } from './blobs.js';

/** Shape of a column and what its values are like. */
export interface ColumnStatistics {
  readonly name: string;
  readonly type: string;
  readonly nulls: number;
  readonly distinct: number;
  readonly min: string | number | null;
  readonly max: string | number | null;
  readonly mean: number | null;
  readonly deviation: number | null;
}

export interface Quarantined {
  /** Table or `examples`. */
  readonly table: string;
  readonly rows: number;
  readonly of: number;
  /** Rows by reason. */
  readonly reasons: Readonly<Record<string, number>>;
}

/** Everything a dataset version is made of. Stored as canonical JSON beside its rows. */
export interface DatasetManifest {
  readonly project: string;
  readonly name: string;
  /** Digest of the canonical rows and schema of all splits: equal data, equal digest. */
  readonly digest: string;
  /** Digest of everything that decides the rows: configuration, SQL, feature views, source fingerprints. */
  readonly key: string;
  readonly commit: string;
  /** Configuration and SQL as they were read from Git, so that the version can be rebuilt without it. */
  readonly definition: BlobRef;
  readonly rows: Readonly<Record<'train' | 'validation' | 'test', number>>;
  readonly files: Readonly<Record<'train' | 'validation' | 'test', BlobRef>>;
  /** Side table of rows set aside: table, row key, reason. Absent where there are none. */
  readonly quarantine: BlobRef | null;
  readonly quarantined: readonly Quarantined[];
  readonly columns: readonly ColumnStatistics[];
  readonly sources: readonly {
    readonly table: string;
    readonly source: string;
    readonly fingerprint: string;
    readonly rows: number;
    /** The raw rows as they were collected, so that the version can be rebuilt when the source has moved on. */
    readonly snapshot: BlobRef;
  }[];
  readonly sql: Readonly<Record<string, string>>;
  readonly features: readonly {
    readonly name: string;
    readonly version: number;
    readonly digest: string;
    readonly vectors: BlobRef;
    /** Digest of the examples that the vectors are for. Manifests of earlier versions of Ratchet do not tell it. */
    readonly examples?: string;
    readonly reused: boolean;
  }[];
  readonly checks: readonly { readonly name: string; readonly verdict: string; readonly text: string }[];
  /** The version of another project that these rows are; absent where they were built here. */
  readonly adoptedFrom?: AdoptedFrom;
}

/** A version of another project. */
export interface AdoptedFrom {
  readonly project: string;
  readonly name: string;
  readonly version: number;
}

export interface DatasetRecord {
  readonly project: string;
  readonly name: string;
  readonly version: number;
  readonly digest: string;
  readonly key: string;
  readonly rows: number;
  readonly quarantined: number;
  readonly commit: string;
  readonly manifest: BlobRef;
  readonly runId: string | null;
  readonly tags: readonly string[];
  /** Of the tags that name a subset, how many rows it has. */
  readonly tagRows: Readonly<Record<string, number>>;
  readonly createdAt: string;
}

/** Rows of a version that meet a condition over its columns, in the SQL of DuckDB. */
export interface Subset {
  readonly where: string;
  readonly rows: number;
}

export interface DatasetStore {
  /**
   * A new version, or the one that this manifest made: publishing twice is one version. A second manifest with a key
   * that has a version is a new version too: it was made because objects of the first are gone. Whoever says which
   * version of the key they saw as the newest (null: none) gets a newer one that is there by now instead.
   */
  publish(
    manifest: DatasetManifest,
    ref: BlobRef,
    runId: string | null,
    seen?: number | null,
  ): Promise<DatasetRecord>;
  /** The newest version with the key. */
  findByKey(project: string, name: string, key: string): Promise<DatasetRecord | undefined>;
  /** The versions of all projects with the key, oldest first. */
  withKey(key: string): Promise<readonly DatasetRecord[]>;
  /** By version number or tag. Error: `DATASET_NOT_FOUND`. */
  get(project: string, name: string, versionOrTag: string): Promise<DatasetRecord>;
  list(project?: string, name?: string): Promise<readonly DatasetRecord[]>;
  /** A tag names one version, or a subset of its rows. */
  tag(project: string, name: string, version: number, tag: string, subset: Subset | null): Promise<void>;
  tags(
    project: string,
    name: string,
  ): Promise<
    readonly {
      readonly tag: string;
      readonly version: number;
      readonly where: string | null;
      /** Null where the tag names a whole version. Also for subsets that were tagged before rows were counted. */
      readonly rows: number | null;
      readonly at: string;
    }[]
  >;
}
