import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  BucketAlreadyOwnedByYou,
  CreateBucketCommand,
  DeleteObjectCommand,
  HeadBucketCommand,
  ListObjectsV2Command,
  NotFound,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { DuckDBInstance } from '@duckdb/node-api';

/** How the S3 service is reached. */
export interface LakeAccess {
  readonly endpoint: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/**
 * Makes a bucket that plays the company's data lake: `weather/<month>.csv` up to a day, and `planes/planes.parquet`.
 * The same call leaves the same objects; a later day replaces and adds months, an earlier one takes them away. Gives the
 * keys.
 *
 * @param upTo day as 2013-03-31, in local time, included
 */
export async function fillDataLake(
  access: LakeAccess,
  bucket: string,
  files: { readonly weather: string; readonly planes: string },
  upTo: string,
): Promise<string[]> {
  const { endpoint, region, ...credentials } = access;
  const client = new S3Client({
    endpoint,
    region,
    credentials,
    forcePathStyle: true,
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  });
  try {
    await ensureBucket(client, bucket);
    const objects = new Map<string, string | Buffer>(
      monthlyWeather(await readFile(files.weather, 'utf8'), upTo),
    );
    objects.set('planes/planes.parquet', await planesParquet(files.planes));
    const { Contents = [] } = await client.send(
      new ListObjectsV2Command({ Bucket: bucket, Prefix: 'weather/' }),
    );
    for (const { Key = '' } of Contents)
      if (!objects.has(Key)) await client.send(new DeleteObjectCommand({ Bucket: bucket, Key }));
    for (const [Key, Body] of objects) await client.send(new PutObjectCommand({ Bucket: bucket, Key, Body }));
    return [...objects.keys()];
  } finally {
    client.destroy();
  }
}

async function ensureBucket(client: S3Client, bucket: string): Promise<void> {
  try {
    await client.send(new HeadBucketCommand({ Bucket: bucket }));
  } catch (error) {
    if (!(error instanceof NotFound)) throw error;
    await client.send(new CreateBucketCommand({ Bucket: bucket })).catch((failure: unknown) => {
      if (!(failure instanceof BucketAlreadyOwnedByYou)) throw failure;
    });
  }
}

/** Files of one month, each with the header, of the days up to `upTo`. */
function monthlyWeather(csv: string, upTo: string): Map<string, string> {
  const [header = '', ...lines] = csv.split('\n');
  const months = new Map<string, string[]>();
  for (const line of lines) {
    const [, year = '', month = '', day = ''] = line.split(',', 4);
    const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
    if (line === '' || date > upTo) continue;
    const key = `weather/${date.slice(0, 7)}.csv`;
    const found = months.get(key) ?? [header];
    found.push(line);
    months.set(key, found);
  }
  return new Map([...months].map(([key, found]) => [key, `${found.join('\n')}\n`]));
}

async function planesParquet(csv: string): Promise<Buffer> {
  const folder = await mkdtemp(join(tmpdir(), 'ratchet-planes-'));
  const path = join(folder, 'planes.parquet');
  const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`;
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
  try {
    const connection = await instance.connect();
    await connection.run(
      `copy (select * from read_csv(${quoted(csv)}, nullstr = 'NA', sample_size = -1)) to ${quoted(path)} (format parquet, compression zstd)`,
    );
    connection.closeSync();
    return await readFile(path);
  } finally {
    instance.closeSync();
    await rm(folder, { recursive: true, force: true });
  }
}
