/** Names those rows of a dataset version that meet a condition. */
export interface TagDatasetInput {
  readonly project: string;
  readonly name: string;
  readonly version: number;
  readonly tag: string;
  /** A condition over the columns, in the SQL of DuckDB. */
  readonly where: string;
}

/** What the tag names now. */
export interface TagDatasetResult {
  readonly version: number;
  readonly where: string;
  /** How many rows the condition selects. */
  readonly rows: number;
}
