/** Builds a stored dataset version again, from what was collected then. */
export interface RebuildDatasetInput {
  readonly project: string;
  readonly name: string;
  readonly version: number;
}

export interface RebuildDatasetResult {
  readonly version: number;
  readonly digest: string;
  readonly rebuiltDigest: string;
  readonly equal: boolean;
}
