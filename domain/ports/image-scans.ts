import type { Finding, Verdict } from '../verdict.js';
import type { EndpointName } from './deployment-target.js';

/** What the newest scan of an image that an endpoint runs came to, after the one of its release. */
export interface ImageScanRecord extends EndpointName {
  /** `sha256:<hex>`. */
  readonly imageDigest: string;
  readonly verdict: Verdict;
  /** At least one. */
  readonly reasons: readonly Finding[];
  /** What is refused, each in a few words; the first fifty. */
  readonly refused: readonly string[];
  /** SHA-256 over all that is refused: equal ones are one finding, however often it is found. */
  readonly refusedDigest: string;
  readonly packages: number;
  /** SHA-256 of the state of the folder of advisories; null where there is none. */
  readonly advisories: string | null;
  /** When the newest of them was written; null where nobody knows. */
  readonly databaseOf: string | null;
  readonly scannedAt: string;
}

/** Scans of what is live, one for each endpoint and image: the newest. */
export interface ImageScanStore {
  /** In place of the one before, unless that is newer. Error: `ENDPOINT_NOT_FOUND`. */
  put(scan: ImageScanRecord): Promise<void>;
  /** By project, endpoint and image. */
  list(name?: Partial<EndpointName>): Promise<readonly ImageScanRecord[]>;
}
