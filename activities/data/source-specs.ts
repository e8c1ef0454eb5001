import { canonicalText } from '../../domain/canonical-text.js';
import type { SourceConfig } from '../../domain/config/project.js';
import type { ObjectSourceSpec, SqlSourceSpec } from '../../domain/ports/sources.js';

type PostgresSource = Extract<SourceConfig, { kind: 'postgres' }>;
type S3Source = Extract<SourceConfig, { kind: 's3' }>;

const secretName = (reference: string) => reference.replace(/^secret:\/\//, '');

/** What the port needs to open a database of the allow-list. */
export function sqlSpec(source: PostgresSource): SqlSourceSpec {
  return {
    kind: 'postgres',
    connection: secretName(source.connection),
    statementTimeoutMs: source.statementTimeoutSeconds * 1000,
    maxRows: source.maxRows,
  };
}

/** What the port needs to open a bucket of the allow-list. */
export function objectSpec(source: S3Source): ObjectSourceSpec {
  return {
    kind: 's3',
    bucket: source.bucket,
    credentials: secretName(source.credentials),
    maxBytes: source.maxMiB * 1024 ** 2,
    ...(source.endpoint === undefined ? {} : { endpoint: source.endpoint }),
    ...(source.region === undefined ? {} : { region: source.region }),
  };
}

/**
 * Whether one source is as good as the other: the same server, with the same secret and the same limits. Files of a
 * repository need no server: their fingerprint is their content.
 */
export function isSameSource(one: SourceConfig, other: SourceConfig): boolean {
  return canonicalText(specOf(one)) === canonicalText(specOf(other));
}

function specOf(source: SourceConfig): unknown {
  if (source.kind === 'postgres') return sqlSpec(source);
  return source.kind === 's3' ? objectSpec(source) : { kind: source.kind };
}
