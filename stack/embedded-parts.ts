import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type GivenParts, givenParts } from './given-parts.js';
import type { PartContext } from './parts/part-context.js';
import { postgresPart } from './parts/postgres.js';
import { databaseUrls, ensureRoles } from './parts/postgres-roles.js';
import { s3Part, s3Region } from './parts/s3.js';
import { s3Bucket } from './parts/s3-options.js';
import { temporalNamespace, temporalPart } from './parts/temporal.js';
import type { StackRecord } from './stack-record.js';
import type { Supervisor } from './supervisor.js';

/** What stands when the three parts do. */
export interface Stores {
  /** Settings of our processes, by variable. */
  readonly temporal: Readonly<Record<string, string>>;
  readonly blobs: Readonly<Record<string, string>>;
  readonly database: StackDatabase;
}

/** Connection addresses; null where the database is somebody else's. */
export interface StackDatabase {
  /** Superuser: for the stack, the demo and tests, never for a process. */
  readonly admin: string | null;
  readonly owner: string;
  readonly app: string;
  readonly serving: string | null;
}

/** Starts the parts that are not given, at the same time. */
export async function startStores(
  context: PartContext,
  record: StackRecord,
  supervisor: Supervisor,
  options: { readonly ui: boolean; readonly env: Readonly<Record<string, string | undefined>> },
): Promise<Stores> {
  const given = givenParts(options.env);
  const start = {
    temporal: async () => supervisor.start('stores', await temporalPart(context, options.ui)),
    s3: async () => supervisor.start('stores', await s3Part(context)),
    postgres: () => startPostgres(context, record, supervisor),
  };
  addGiven(given, record);
  await Promise.all([
    given.temporal === undefined ? start.temporal() : undefined,
    given.database === undefined ? start.postgres() : undefined,
    given.blobs === undefined ? start.s3() : undefined,
  ]);
  const { database } = given;
  return {
    temporal: given.temporal ?? temporalSettings(context),
    blobs: given.blobs ?? blobSettings(context),
    database:
      database === undefined
        ? databaseUrls(context.port('postgres'), context.secrets)
        : { admin: null, owner: database.ownerUrl, app: database.url, serving: null },
  };
}

async function startPostgres(
  context: PartContext,
  record: StackRecord,
  supervisor: Supervisor,
): Promise<void> {
  const { spec, home } = await postgresPart(context, record.file.postgresHome);
  record.setPostgresHome(home);
  await supervisor.start('stores', spec);
  await ensureRoles(databaseUrls(context.port('postgres'), context.secrets).admin, context.secrets);
}

function addGiven(given: GivenParts, record: StackRecord): void {
  if (given.temporal !== undefined) record.addGiven('temporal', given.temporal['TEMPORAL_ADDRESS'] ?? '');
  if (given.blobs !== undefined) record.addGiven('s3', given.blobs['RATCHET_S3_ENDPOINT'] ?? '');
  if (given.database !== undefined) record.addGiven('postgres', new URL(given.database.url).host);
}

/** A client file of our own, so that a profile in the user's home does not add TLS or another address. */
function temporalSettings({ paths, port }: PartContext): Record<string, string> {
  const address = `127.0.0.1:${port('temporal')}`;
  const file = join(paths.temporal, 'client.toml');
  writeFileSync(file, `[profile.default]\naddress = "${address}"\nnamespace = "${temporalNamespace}"\n`);
  return { TEMPORAL_ADDRESS: address, TEMPORAL_NAMESPACE: temporalNamespace, TEMPORAL_CONFIG_FILE: file };
}

/** Settings of a process that reads and writes the embedded S3. */
export function blobSettings({
  port,
  secrets,
}: Pick<PartContext, 'port' | 'secrets'>): Record<string, string> {
  return {
    RATCHET_S3_ENDPOINT: `http://127.0.0.1:${port('s3')}`,
    RATCHET_S3_REGION: s3Region,
    RATCHET_S3_BUCKET: s3Bucket,
    RATCHET_S3_ACCESS_KEY: secrets.s3AccessKey,
    RATCHET_S3_SECRET_KEY: secrets.s3SecretKey,
  };
}
