/** An advisory in the OSV format (ossf.github.io/osv-schema), the fields that are looked at. */
export interface OsvEntry {
  readonly id: string;
  /** ISO 8601. */
  readonly modified: string;
  readonly withdrawn?: string | undefined;
  readonly aliases?: readonly string[] | undefined;
  readonly summary?: string | undefined;
  readonly severity?: readonly OsvSeverity[] | undefined;
  readonly affected?: readonly OsvAffected[] | undefined;
  readonly database_specific?: { readonly severity?: string | undefined } | undefined;
}

export interface OsvSeverity {
  /** `CVSS_V3`, `CVSS_V4`. */
  readonly type: string;
  /** The vector. */
  readonly score: string;
}

export interface OsvAffected {
  readonly package?: { readonly ecosystem: string; readonly name: string } | undefined;
  readonly severity?: readonly OsvSeverity[] | undefined;
  readonly ranges?: readonly OsvRange[] | undefined;
  readonly versions?: readonly string[] | undefined;
  readonly ecosystem_specific?: OsvRating | undefined;
  readonly database_specific?: OsvRating | undefined;
}

interface OsvRating {
  readonly severity?: string | undefined;
  readonly urgency?: string | undefined;
}

export interface OsvRange {
  /** `SEMVER`, `ECOSYSTEM`, `GIT`. */
  readonly type: string;
  readonly events: readonly OsvEvent[];
}

/** One of the four, with the version that it is at. */
export interface OsvEvent {
  readonly introduced?: string | undefined;
  readonly fixed?: string | undefined;
  readonly last_affected?: string | undefined;
  readonly limit?: string | undefined;
}
