import { randomBytes } from 'node:crypto';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { inject } from 'vitest';
import { createDatabase } from '../../stack/parts/postgres-roles.js';
import { type Config, loadConfig } from '../../temporal.config.js';
import { inDatabase, templateName, withAdmin } from './database-template.js';
import type { SharedStack } from './shared-stack.js';
import { namespaceOf } from './temporal-namespace.js';

/**
 * The run's stack: addresses, credentials, and the settings that a process of ours would read. The namespace is one
 * that no file beside this one has.
 */
export function testStack(): SharedStack & { readonly config: Config } {
  const stack = inject('ratchetStack');
  const env = { ...stack.env, TEMPORAL_NAMESPACE: namespaceOf(Number(process.env['VITEST_POOL_ID'])) };
  return { ...stack, env, config: loadConfig(env) };
}

export interface FreshDatabase {
  readonly adminUrl: string;
  readonly ownerUrl: string;
  readonly appUrl: string;
  readonly servingUrl: string;
  /** Also ends connections that are still open. */
  drop(): Promise<void>;
}

/** A database of its own, with the schema in place or, as `empty`, without. A server of its own needs a template. */
export async function freshDatabase(
  schema: 'migrated' | 'empty' = 'migrated',
  server: SharedStack['database'] = testStack().database,
): Promise<FreshDatabase> {
  const { admin, owner, app, serving } = server;
  const name = `test_${randomBytes(6).toString('hex')}`;
  const template = schema === 'migrated' ? templateName : 'template0';
  await withAdmin(admin, (sql) => createDatabase(sql, name, template));
  return {
    adminUrl: inDatabase(admin, name),
    ownerUrl: inDatabase(owner, name),
    appUrl: inDatabase(app, name),
    servingUrl: inDatabase(serving, name),
    drop: () => withAdmin(admin, async (sql) => void (await sql`drop database ${sql(name)} with (force)`)),
  };
}

/** Settings of the S3 service with a bucket of its own, as `config.blobs` has them. */
export async function freshBucket(): Promise<Config['blobs']> {
  const { blobs } = testStack().config;
  const bucket = `test-${randomBytes(6).toString('hex')}`;
  const client = s3Client(blobs);
  await client.send(new CreateBucketCommand({ Bucket: bucket }));
  client.destroy();
  return { ...blobs, bucket };
}

function s3Client({ endpoint, region, accessKey, secretKey }: Config['blobs']): S3Client {
  return new S3Client({
    endpoint,
    region,
    forcePathStyle: true,
    credentials: { accessKeyId: accessKey, secretAccessKey: secretKey },
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  });
}
