import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runDuckdbJob } from '../../../activities/adapters/duckdb/index.js';
import { countSubset } from '../../../activities/data/index.js';
import { quoteText } from '../../../domain/features/quote.js';
import type { DatasetManifest } from '../../../domain/ports/datasets.js';
import { manifestOf } from '../../conformance/dataset-manifest.js';
import { createMemoryBlobStore } from '../../fakes/memory-blob-store.js';
import { createDirectLauncher } from './direct-launcher.js';

const blobs = createMemoryBlobStore();
const launcher = createDirectLauncher();
const bounds = { threads: 1, memoryMiB: 256, wallMs: 60_000, diskMiB: 1024 };
let root: string;
let manifest: DatasetManifest;

/** Ten rows: origin is JFK in the even ones, delay is the number of the row. */
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'subset '));
  const splits = { train: 'range(0, 6)', validation: 'range(6, 8)', test: 'range(8, 10)' };
  const path = (split: string) => join(root, `${split}.parquet`);
  const steps = Object.entries(splits).map(([split, rows]) => ({
    do: 'run' as const,
    sql: `copy (select case when range % 2 = 0 then 'JFK' else 'EWR' end as origin, range as delay from ${rows})
to ${quoteText(path(split))} (format parquet)`,
  }));
  await runDuckdbJob(launcher, { ...bounds, key: 'k', fence: 1, name: 'make', folder: root, steps });
  const [train, validation, test] = await Promise.all(
    Object.keys(splits).map((split) => blobs.putFile(path(split))),
  );
  if (!train || !validation || !test) throw new TypeError('three files were put');
  const column = { type: 'string', nulls: 0, distinct: 2, min: null, max: null, mean: null, deviation: null };
  manifest = manifestOf('p', 'a', {
    rows: { train: 6, validation: 2, test: 2 },
    files: { train, validation, test },
    columns: [
      { ...column, name: 'origin' },
      { ...column, name: 'delay', type: 'integer' },
    ],
  });
});
afterAll(async () => await rm(root, { recursive: true, force: true }));

async function count(where: string): Promise<number> {
  const workDir = await mkdtemp(join(root, 'work '));
  return await countSubset({ blobs, launcher }, { manifest, where }, { workDir, key: 'k', fence: 1, bounds });
}

describe('the rows of a version that meet a condition', () => {
  it('are counted over all splits', async () => {
    expect(await count("origin = 'JFK' and delay >= 4")).toBe(3);
    expect(await count('delay > 2 -- of late ones')).toBe(7);
  });

  it('are none only with an error that says so', async () => {
    await expect(count("origin = 'LGA'")).rejects.toMatchObject({
      code: 'DATASET_SQL',
      message: "the condition selects none of the 10 rows of flights: origin = 'LGA'",
    });
  });

  it.each([
    ['orign = 1', /^the condition: referenced column "orign" not found.*; the columns are origin, delay$/],
    ['delay >', /^the condition: line \d+: syntax error.*; the columns are origin, delay$/],
    ['delay', /^the condition is neither true nor false: type BIGINT; the columns are/],
    ['count(*) > 3', /aggregates/],
    ['delay > (select 1)', /an expression has no sub-select/],
    ['true) from (select 1 as origin) as other where (true', /one expression is allowed/],
    ['random() < 0.5', /random gives another answer each time/],
    ['delay = 1; drop table dataset', /./],
    ["delay in (select content from read_text('/etc/passwd'))", /./],
  ])('are not what %s names', async (where, message) => {
    await expect(count(where)).rejects.toMatchObject({
      code: 'DATASET_SQL',
      message: expect.stringMatching(message),
    });
  });
});
