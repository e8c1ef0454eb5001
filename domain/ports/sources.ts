/** A relational source, read with a read-only role in a read-only transaction. Errors: `SOURCE_*`. */
export interface SqlSource {
  /** Order-free fingerprint of the rows the query gives, computed by the source. */
  fingerprint(query: string): Promise<{ readonly rows: number; readonly digest: string }>;
  /**
   * Streams the rows to a CSV file with a header; columns and their types come back in order. Null is an empty field
   * without quotes, an empty text has quotes; instants are in UTC. A failure leaves no file.
   */
  copyToCsv(
    query: string,
    path: string,
  ): Promise<{
    readonly rows: number;
    readonly columns: readonly { readonly name: string; readonly type: string }[];
  }>;
  /**
   * How many rows lie after `from` (null: from the beginning) and, where `to` is given, up to it. The query takes both as
   * $1 and $2 and gives one row of `watermark` and `rows`; the watermark is null where there are none.
   */
  newRows(
    query: string,
    range: { readonly from: string | null; readonly to: string | null },
  ): Promise<NewRows>;
}

export interface NewRows {
  readonly watermark: string | null;
  readonly rows: number;
}

/** A bucket that holds data files. */
export interface ObjectSource {
  /** Objects under a key or prefix (ends with `/`), sorted by key. */
  list(
    path: string,
  ): Promise<readonly { readonly key: string; readonly etag: string; readonly bytes: number }[]>;
  fetch(key: string, path: string): Promise<void>;
}

/** Opens sources of a project's allow-list. */
export interface Sources {
  sql(source: SqlSourceSpec): SqlSource;
  objects(source: ObjectSourceSpec): ObjectSource;
}

export interface SqlSourceSpec {
  readonly kind: 'postgres';
  /** Name of the secret that holds the connection address. */
  readonly connection: string;
  readonly statementTimeoutMs: number;
  readonly maxRows: number;
}

export interface ObjectSourceSpec {
  readonly kind: 's3';
  readonly bucket: string;
  readonly endpoint?: string;
  readonly region?: string;
  /** Name of the secret that holds `{"accessKeyId","secretAccessKey"}`; absent for the platform's own credentials. */
  readonly credentials?: string;
  readonly maxBytes: number;
}
