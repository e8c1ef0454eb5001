import type { Severity } from './severity.js';

/** The first version without the fault, that there is none yet, or that nobody says. */
export type Fix = { readonly version: string } | 'none' | 'unknown';

/** Something that a scan found in an image. */
export interface ScanFinding {
  readonly kind: 'vulnerability' | 'secret' | 'configuration';
  /** Of the advisory, or the name of the check. */
  readonly id: string;
  /** Other names of the same advisory. */
  readonly aliases: readonly string[];
  readonly severity: Severity;
  /** `ratchet`, or the tool of a report. */
  readonly scanner: string;
  /** Null where it is about a file or the image as a whole. */
  readonly package: { readonly ecosystem: string; readonly name: string; readonly version: string } | null;
  readonly fix: Fix;
  /** File in the image; null for the image as a whole. */
  readonly place: string | null;
  readonly text: string;
}
