import { join } from 'node:path';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import postgres from 'postgres';
import { describe, expect, it } from 'vitest';
import { type CompanyData, prepareCompanyData } from '../../../scripts/demo/company-data.js';
import { packageRoot } from '../../../stack/package-root.js';
import { testStack } from '../../setup/stack.js';

/** Flights that left on 1, 2 and 3 January 2013. */
const flightsOfDays = [842, 943, 914] as const;

const names = { database: 'company_of_a_test', bucket: 'lake-of-a-test' };

const access = () => {
  const { endpoint, region, accessKey, secretKey } = testStack().config.blobs;
  return { endpoint, region, accessKeyId: accessKey, secretAccessKey: secretKey };
};
const prepare = (upTo: string) =>
  prepareCompanyData({
    folder: join(packageRoot(), '.ratchet/demo/data'),
    python: 'python3',
    adminUrl: testStack().database.admin,
    s3: access(),
    upTo,
    names,
  });

async function asReader<T>(data: CompanyData, work: (sql: postgres.Sql) => Promise<T>): Promise<T> {
  const sql = postgres(data.secrets['company-db'], { max: 1 });
  try {
    return await work(sql);
  } finally {
    await sql.end();
  }
}

async function objectText(key: string): Promise<string> {
  const { accessKeyId, secretAccessKey, ...address } = access();
  const client = new S3Client({
    ...address,
    credentials: { accessKeyId, secretAccessKey },
    forcePathStyle: true,
  });
  const { Body } = await client.send(new GetObjectCommand({ Bucket: names.bucket, Key: key }));
  const text = await Body?.transformToString();
  client.destroy();
  return text ?? '';
}

describe('the company of the demo', () => {
  it('has the flights up to a day, the last two days twice, loads no day again, and goes back to an earlier one', {
    timeout: 180_000,
  }, async () => {
    const [first, second, third] = flightsOfDays;
    expect((await prepare('2013-01-02')).flights).toBe(2 * (first + second));
    expect((await prepare('2013-01-02')).flights).toBe(2 * (first + second));
    expect((await prepare('2013-01-03')).flights).toBe(2 * (first + second) + third + second + third);
    expect((await prepare('2013-01-01')).flights).toBe(2 * first);
    expect((await prepare('2013-01-03')).flights).toBe(2 * (first + second + third));
  });

  it('has a reader who reads flights and writes nothing', { timeout: 180_000 }, async () => {
    const data = await prepare('2013-01-03');
    await asReader(data, async (sql) => {
      const [row] = await sql`select min(year) as year, count(distinct origin)::int as origins from flights`;
      expect(row).toEqual({ year: 2013, origins: 3 });
      await expect(sql`delete from flights`).rejects.toThrow(/read-only transaction|permission denied/);
      await expect(sql.unsafe('begin read write; delete from flights')).rejects.toThrow('permission denied');
      await expect(sql.unsafe('rollback; select * from extracts')).rejects.toThrow('permission denied');
    });
  });

  it('has a lake with weather by month up to the day, and planes', { timeout: 180_000 }, async () => {
    const data = await prepare('2013-02-03');
    expect(data.objects).toEqual(['weather/2013-01.csv', 'weather/2013-02.csv', 'planes/planes.parquet']);
    const february = (await objectText('weather/2013-02.csv')).trimEnd().split('\n');
    expect(february[0]).toMatch(/^origin,year,month,day,hour,temp/);
    expect(february.length).toBe(1 + 3 * 3 * 24);
    expect(await objectText('planes/planes.parquet')).toMatch(/^PAR1/);
    await prepare('2013-01-31');
    await expect(objectText('weather/2013-02.csv')).rejects.toThrow(/key does not exist|NoSuchKey/i);
  });
});
