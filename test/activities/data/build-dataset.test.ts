import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readColumns } from '../../../activities/adapters/duckdb/index.js';
import type { BlobRef } from '../../../domain/ports/blobs.js';
import {
  modelFile,
  projectFiles,
  projectOpener,
  type SmallProject,
  tripsCsv,
  withFiles,
} from './small-project.js';

const open = projectOpener();

async function columnsOf(project: SmallProject, ref: BlobRef): Promise<Record<string, unknown[]>> {
  const folder = await mkdtemp(join(tmpdir(), 'columns '));
  try {
    await project.deps.blobs.fetchFile(ref, join(folder, 'rows.parquet'));
    const columns = await readColumns(join(folder, 'rows.parquet'));
    return Object.fromEntries(columns.map(({ name, values }) => [name, Array.from<unknown>(values)]));
  } finally {
    await rm(folder, { recursive: true });
  }
}

const tripsTable = projectFiles()['tables/trips.yaml'] as Record<string, unknown>;

describe('a dataset', () => {
  it('is published with its rows, features, sources and checks', async () => {
    const project = await open();
    const { record, manifest } = await project.publish();
    expect(record).toMatchObject({
      project: 'trips',
      name: 'late-trips',
      version: 1,
      rows: 190,
      quarantined: 0,
    });
    expect(manifest.rows).toEqual({ train: 115, validation: 35, test: 40 });
    expect(manifest.columns.map(({ name, type }) => `${name} ${type}`)).toEqual([
      'id string',
      'predict_at timestamp',
      'arrives timestamp',
      'line string',
      'car string',
      'delay double',
      'late integer',
      'line_delay_24h double',
      'line_trips_24h integer',
      'temp double',
      'seats integer',
    ]);
    expect(manifest.sources.map(({ table, rows }) => [table, rows])).toEqual([
      ['cars', 6],
      ['line-weather', 160],
      ['trips', 200],
    ]);
    expect(manifest.features.map(({ name, version, reused }) => [name, version, reused])).toEqual([
      ['line-delays', 1, false],
      ['weather', 1, false],
      ['car-facts', 1, false],
    ]);
    expect(manifest.checks.map(({ name, verdict }) => [name, verdict])).toEqual([
      ['contract', 'pass'],
      ['labels', 'pass'],
      ['recompute', 'pass'],
      ['brute-force', 'pass'],
    ]);
  });

  it('has its rows in the order of prediction time, with features as they were known', async () => {
    const project = await open();
    const { manifest } = await project.publish();
    const train = await columnsOf(project, manifest.files.train);
    expect(train['id']?.slice(0, 2)).toEqual(['trip-010', 'trip-011']);
    expect([...(train['predict_at'] ?? [])].sort()).toEqual(train['predict_at']);
    // Trip 10 goes north on the third day and is predicted at 05:00: the trips north of the day before are 6 and 8.
    expect(train['line_delay_24h']?.[0]).toBe((((6 * 37) % 60) + ((8 * 37) % 60)) / 2);
    expect(train['line_trips_24h']?.[0]).toBe(2);
    // The hour of 04:00 is reported at 05:00. No weather is measured in the south, and car 6 is not in the register.
    expect(train['temp']?.slice(0, 2)).toEqual([11, Number.NaN]);
    expect(
      train['car']
        ?.map((car, index) => (car === 'car-6' ? train['seats']?.[index] : 0))
        .filter(Boolean)
        .every(Number.isNaN),
    ).toBe(true);
  });

  it('has the same digest from the same inputs, whatever order the source sends its rows in', async () => {
    const first = await open();
    const second = await open();
    const [header, ...rows] = tripsCsv().trimEnd().split('\n');
    second.deps.sources.queries.set('select * from trips', `${[header, ...rows.reverse()].join('\n')}\n`);
    const [a, b] = [await first.build(), await second.build()];
    expect(b).toEqual(a);
  });

  it('has another digest and key when a source row changes', async () => {
    const project = await open();
    const a = await project.build();
    project.deps.sources.queries.set(
      'select * from trips',
      tripsCsv((trip, index) => (index === 50 ? trip.with(5, '59') : trip)),
    );
    const b = await project.build();
    expect(b.key).not.toBe(a.key);
    expect(b.digest).not.toBe(a.digest);
  });

  it('is found again by its key, unless an object of it is gone', async () => {
    const project = await open();
    expect((await project.plan()).hit).toBeNull();
    const { record, manifest } = await project.publish();
    const { hit, key } = await project.plan();
    expect(hit).toEqual({ version: 1, digest: record.digest, adoptedFrom: null });
    expect(key).toBe(record.key);
    for (const ref of [
      manifest.files.test,
      manifest.sources[0]?.snapshot,
      manifest.features[0]?.vectors,
      record.manifest,
    ]) {
      const object = [...project.deps.blobs.objects].find(([, { sha256 }]) => sha256 === ref?.sha256);
      project.deps.blobs.objects.delete(object?.[0] ?? '');
      expect((await project.plan()).hit).toBeNull();
      if (object) project.deps.blobs.objects.set(...object);
    }
    expect((await project.plan()).hit).not.toBeNull();
  });

  it('is published once for one key', async () => {
    const project = await open();
    const first = await project.publish();
    expect((await project.publish()).record).toEqual(first.record);
  });

  it('takes the vectors of another model with the same examples and another label', async () => {
    const project = await open();
    await project.publish();
    const other = withFiles({
      'models/late/ratchet.yaml': modelFile({ name: 'delays', label: 'delay', outcomes: ['late'] }),
    });
    const second = await open(other);
    const shared = await open(other);
    const deps = { ...second.deps, features: project.deps.features, blobs: project.deps.blobs };
    Object.assign(second.deps, deps);
    const { manifest } = await second.publish();
    expect(manifest.features.map(({ reused }) => reused)).toEqual([true, true, true]);
    Object.assign(shared.deps, { ...deps, features: shared.deps.features });
    expect((await shared.publish()).manifest.digest).toBe(manifest.digest);
  });

  it('computes vectors again whose object is gone', async () => {
    const project = await open();
    const { manifest } = await project.publish();
    const lost = manifest.features[0]?.vectors.sha256;
    for (const [key, { sha256 }] of project.deps.blobs.objects)
      if (sha256 === lost) project.deps.blobs.objects.delete(key);
    const again = await project.publish();
    expect(again.manifest.features.map(({ reused }) => reused)).toEqual([false, false, false]);
  });

  it('leaves out examples without a label and those whose label was known too late', async () => {
    const project = await open(
      withFiles({ 'models/late/ratchet.yaml': modelFile({ knownUntil: '2020-02-05T00:00:00Z' }) }),
    );
    project.deps.sources.queries.set(
      'select * from trips',
      tripsCsv((trip, index) => (index === 20 ? trip.with(4, '').with(5, '') : trip)),
    );
    const { manifest } = await project.publish();
    expect(manifest.rows).toEqual({ train: 114, validation: 35, test: 15 });
    expect(manifest.checks[1]?.text).toBe(
      '1 examples without a label and 25 whose label was not known in time were left out',
    );
  });

  it('sets bad rows and duplicates aside with key and reason, and goes on below the declared share', async () => {
    const project = await open(
      withFiles({ 'tables/trips.yaml': { ...tripsTable, maxQuarantinedShare: 0.02 } }),
    );
    const lines = tripsCsv((trip, index) => (index === 30 ? trip.with(5, 'soon') : trip))
      .trimEnd()
      .split('\n');
    project.deps.sources.queries.set('select * from trips', `${[...lines, lines[12]].join('\n')}\n`);
    const { manifest } = await project.publish();
    expect(manifest.quarantined).toEqual([
      { table: 'trips', rows: 2, of: 201, reasons: { duplicate: 1, 'delay: not of type double': 1 } },
    ]);
    if (manifest.quarantine === null) throw new Error('there is a quarantine');
    expect(await columnsOf(project, manifest.quarantine)).toEqual({
      table: ['trips', 'trips'],
      row_key: ['trip-011', 'trip-030'],
      reason: ['duplicate', 'delay: not of type double'],
      value: [null, 'soon'],
    });
  });
});

describe('a NaN and an infinite value', () => {
  it('count as null and as broken', async () => {
    const sql = `${projectFiles()['models/late/examples.sql']}`.replace(
      'delay,',
      `delay, case id when 'trip-020' then 'nan'::double when 'trip-021' then 'inf'::double else delay end as x,`,
    );
    const project = await open(
      withFiles({
        'models/late/examples.sql': sql,
        'models/late/ratchet.yaml': modelFile({ outcomes: ['delay', 'x'] }),
      }),
    );
    const { manifest } = await project.publish();
    expect(manifest.columns.find(({ name }) => name === 'x')).toMatchObject({ nulls: 1 });
    expect(manifest.quarantined).toEqual([
      { table: 'examples', rows: 1, of: 190, reasons: { 'x: infinite': 1 } },
    ]);
  });
});
