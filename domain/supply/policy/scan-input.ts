import type { ScanFinding } from '../scan-finding.js';

/** A folder of advisories, as it was read for one image. */
export type DatabaseState =
  | { readonly kind: 'absent' }
  /** Why it cannot be used, in words. */
  | { readonly kind: 'broken'; readonly reason: string }
  | {
      readonly kind: 'read';
      /** When its newest advisory was written, ISO 8601; null where it has none. */
      readonly newestAt: string | null;
      readonly advisories: number;
      /** Ecosystems of the image that it has nothing about. */
      readonly missing: readonly string[];
      /** Advisories that could not be applied to a package of the image. */
      readonly unclear: readonly string[];
    };

/** What is judged: all that is known about one image. */
export interface ScanInput {
  readonly findings: readonly ScanFinding[];
  readonly packages: number;
  readonly hasOperatingSystem: boolean;
  readonly gaps: readonly string[];
  readonly database: DatabaseState;
  /** Tools whose reports are among the findings, beside `ratchet`. */
  readonly reports: readonly string[];
  /** What the image is built on; null where it does not say. */
  readonly base: string | null;
  /** ISO 8601. */
  readonly now: string;
}
