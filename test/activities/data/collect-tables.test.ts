import { describe, expect, it } from 'vitest';
import { projectFiles, projectOpener, tripsCsv, weatherCsv, withFiles } from './small-project.js';

const open = projectOpener();

describe('collecting', () => {
  it('joins the files of a prefix and keeps one snapshot', async () => {
    const project = await open();
    const [header, ...rows] = weatherCsv().trimEnd().split('\n');
    const [whole] = (await project.collect()).filter(({ table }) => table === 'line-weather');
    project.deps.sources.objectsByKey.clear();
    project.deps.sources.objectsByKey.set('weather/2.csv', `${[header, ...rows.slice(0, 50)].join('\n')}\n`);
    project.deps.sources.objectsByKey.set(
      'weather/1 of "them".csv',
      `${[header, ...rows.slice(50)].join('\n')}\n`,
    );
    const [parts] = (await project.collect()).filter(({ table }) => table === 'line-weather');
    expect(parts).toMatchObject({ rows: 160, snapshot: whole?.snapshot });
    expect(parts?.fingerprint).not.toBe(whole?.fingerprint);
  });

  it('reads a source again that moved on since the plan, and keeps what belongs together', async () => {
    const project = await open();
    const { fingerprints } = await project.plan();
    const moved = tripsCsv((trip) => trip.with(5, '3'));
    project.deps.sources.queries.set('select * from trips', moved);
    const tables = await project.collect();
    const trips = tables.find(({ table }) => table === 'trips');
    expect(trips?.fingerprint).not.toBe(fingerprints['trips']);
    expect((await project.plan()).fingerprints['trips']).toBe(trips?.fingerprint);
  });

  it('gives up on a source that changes each time it is read', async () => {
    const project = await open();
    const { sql } = project.deps.sources;
    let reads = 0;
    const restless: typeof sql = (spec) => ({
      ...sql(spec),
      fingerprint: async () => {
        reads += 1;
        return { rows: 200, digest: String(reads) };
      },
    });
    Object.assign(project.deps.sources, { sql: restless });
    await expect(project.collect()).rejects.toMatchObject({ code: 'SOURCE_UNSTABLE' });
  });

  it.each([
    ['a query without rows', 'id,line,car,leaves,arrives,delay\n', undefined],
    ['a prefix without objects', undefined, new Map()],
    ['files without rows', undefined, new Map([['weather/a.csv', 'line,hour,temp\n']])],
  ])('refuses %s', async (_, csv, objects) => {
    const project = await open();
    if (csv !== undefined) project.deps.sources.queries.set('select * from trips', csv);
    if (objects !== undefined) {
      project.deps.sources.objectsByKey.clear();
      for (const [key, content] of objects) project.deps.sources.objectsByKey.set(key, content);
    }
    await expect(project.collect()).rejects.toMatchObject({ code: 'SOURCE_EMPTY' });
  });

  it('refuses objects that are larger together than the source may be', async () => {
    const file = projectFiles()['ratchet.project.yaml'] as { sources: Record<string, object> };
    const sources = { ...file.sources, lake: { ...file.sources['lake'], maxMiB: 1 } };
    const project = await open(withFiles({ 'ratchet.project.yaml': { ...file, sources } }));
    project.deps.sources.objectsByKey.set('weather/big.csv', new Uint8Array(1024 ** 2));
    await expect(project.collect()).rejects.toMatchObject({
      code: 'SOURCE_TOO_LARGE',
      message: expect.stringContaining('allowed are 1048576'),
    });
  });

  it('refuses a broken file with the table and the line', async () => {
    const project = await open();
    project.deps.sources.objectsByKey.set('weather/bad.csv', 'line,hour,temp\nnorth,2020-01-01\n');
    await expect(project.collect()).rejects.toMatchObject({
      code: 'SOURCE_INVALID',
      message: expect.stringMatching(/table line-weather: .*bad\.csv: line 2: values came: 2, allowed: 3/),
    });
  });
});
