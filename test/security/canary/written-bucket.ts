import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { GetObjectCommand, paginateListObjectsV2, S3Client } from '@aws-sdk/client-s3';
import { DuckDBInstance } from '@duckdb/node-api';
import { loadSection } from '../../../temporal.config.js';
import type { Written } from './search.js';

/** Every object of the platform's bucket, with the rows of those that are Parquet. `folder` is for files in between. */
export async function writtenInBucket(
  env: Readonly<Record<string, string>>,
  folder: string,
): Promise<readonly Written[]> {
  const { endpoint, region, bucket, accessKey, secretKey } = loadSection('blobs', env);
  const client = new S3Client({
    endpoint,
    region,
    forcePathStyle: true,
    credentials: { accessKeyId: accessKey, secretAccessKey: secretKey },
  });
  const written: Written[] = [];
  for await (const { Contents = [] } of paginateListObjectsV2({ client }, { Bucket: bucket })) {
    for (const { Key: name = '' } of Contents) {
      const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: name }));
      const bytes = Buffer.from((await Body?.transformToByteArray()) ?? []);
      const parts = [Buffer.from(name), bytes, await unpacked(bytes, folder)];
      written.push({ place: 'bucket', name, bytes: Buffer.concat(parts) });
    }
  }
  client.destroy();
  return written;
}

async function unpacked(bytes: Buffer, folder: string): Promise<Buffer> {
  if (bytes.subarray(0, 4).toString('latin1') !== 'PAR1') return Buffer.alloc(0);
  const file = join(folder, 'object.parquet');
  writeFileSync(file, bytes);
  const connection = await (await DuckDBInstance.create()).connect();
  const rows = await connection.runAndReadAll('select * from read_parquet($file)', { file });
  const text = JSON.stringify(rows.getRowObjectsJson());
  connection.closeSync();
  rmSync(file);
  return Buffer.from(text);
}
