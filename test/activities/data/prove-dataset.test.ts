import { describe, expect, it } from 'vitest';
import { modelFile, type ProjectFiles, projectFiles, projectOpener, withFiles } from './small-project.js';

const open = projectOpener();
const view = (changes: Record<string, unknown>) => ({
  ...(projectFiles()['features/line-delays.yaml'] as Record<string, unknown>),
  columns: { line_delay_24h: { aggregate: 'mean', of: 'delay' } },
  ...changes,
});
const trips = (changes: Record<string, unknown>) => ({
  ...(projectFiles()['tables/trips.yaml'] as Record<string, unknown>),
  ...changes,
});

/** What the gate says of a project's dataset. */
async function proveOf(files: ProjectFiles) {
  const project = await open(files);
  return await project.prove(await project.build()).catch((error: unknown) => error);
}

describe('the recompute gate', () => {
  it('passes a dataset whose features look back only, and says at which instants', async () => {
    expect(await proveOf(projectFiles())).toEqual([
      {
        name: 'recompute',
        verdict: 'pass',
        text: expect.stringMatching(
          /^built again from what was known at 2020-01-\d\d .*: 8 columns of the last 20 rows before each are equal$/,
        ),
      },
      {
        name: 'brute-force',
        verdict: 'pass',
        text: 'features of 20 sampled rows equal a plain computation: line-delays, weather, car-facts',
      },
    ]);
  });

  it('refuses the mean of the calendar day, joined on the date', async () => {
    const naive = `select id, leaves - interval 1 hour as predict_at, arrives, line, car, delay, (delay >= 30)::int as late,
  avg(delay) over (partition by line, leaves::date) as day_mean from trips`;
    expect(await proveOf(withFiles({ 'models/late/examples.sql': naive }))).toMatchObject({
      code: 'LEAKAGE',
      message: expect.stringMatching(
        /models\/late\/ratchet\.yaml: column day_mean of row trip-\d+ is [\d.]+ with the whole data and (null|[\d.]+) from what was known at 2020-.*; \d+ of 20 rows differ/,
      ),
      details: { findings: expect.arrayContaining([expect.objectContaining({ column: 'day_mean' })]) },
    });
  });

  it('refuses the same mean inside the select of a feature view', async () => {
    const naive = view({
      select: `select line, leaves - interval 1 hour as arrives, avg(delay) over (partition by line, leaves::date) as delay from trips`,
      window: '1 hour',
    });
    expect(await proveOf(withFiles({ 'features/line-delays.yaml': naive }))).toMatchObject({
      code: 'LEAKAGE',
      message: expect.stringContaining('column line_delay_24h'),
    });
  });

  it('refuses a window over the planned time instead of the time of knowledge', async () => {
    const early = view({ select: 'select line, leaves, delay from trips', knownAt: 'leaves' });
    const sql = `select id, leaves + interval 10 minute as predict_at, arrives, line, car, delay, (delay >= 30)::int as late from trips`;
    expect(
      await proveOf(withFiles({ 'features/line-delays.yaml': early, 'models/late/examples.sql': sql })),
    ).toMatchObject({ code: 'LEAKAGE', message: expect.stringContaining('column line_delay_24h') });
  });

  it('refuses a column of the outcome that is not declared as one', async () => {
    expect(
      await proveOf(withFiles({ 'models/late/ratchet.yaml': modelFile({ outcomes: [] }) })),
    ).toMatchObject({
      code: 'LEAKAGE',
      message: expect.stringMatching(
        /column delay of row .* is [\d.]+ with the whole data and null from what was known/,
      ),
    });
  });

  it('refuses examples that are there only with later knowledge, and says what to do', async () => {
    const filtered = `${projectFiles()['models/late/examples.sql']} where delay is not null`;
    expect(await proveOf(withFiles({ 'models/late/examples.sql': filtered }))).toMatchObject({
      code: 'LEAKAGE',
      message: expect.stringMatching(
        /row trip-\d+ is an example only with later knowledge.*need not filter on it/,
      ),
    });
  });

  it('is inconclusive, never passed, where it is waived', async () => {
    const waived = modelFile({ recompute: { cuts: 0, rows: 20 } });
    expect(await proveOf(withFiles({ 'models/late/ratchet.yaml': waived }))).toMatchObject([
      { name: 'recompute', verdict: 'inconclusive', text: 'waived by recompute.cuts: 0' },
      { name: 'brute-force', verdict: 'pass' },
    ]);
  });

  it('is inconclusive where no table says when it was known', async () => {
    const weather = { ...(projectFiles()['tables/line-weather.yaml'] as object), knownAt: { columns: {} } };
    const files = withFiles({
      'tables/trips.yaml': trips({ knownAt: { columns: {} } }),
      'tables/line-weather.yaml': weather,
    });
    expect(await proveOf(files)).toMatchObject([
      {
        name: 'recompute',
        verdict: 'inconclusive',
        text: 'no table declares knownAt, so nothing could be cut',
      },
      { name: 'brute-force', verdict: 'pass' },
    ]);
  });

  it('is inconclusive for a dataset without time', async () => {
    const { predictAt: _, ...dataset } = (
      modelFile({ features: ['car-facts'] }) as { dataset: Record<string, unknown> }
    ).dataset;
    const timeless = { ...modelFile({}), dataset };
    expect(await proveOf(withFiles({ 'models/late/ratchet.yaml': timeless }))).toMatchObject([
      {
        name: 'recompute',
        verdict: 'inconclusive',
        text: 'the dataset has no predictAt, so there is no later knowledge to cut',
      },
      { name: 'brute-force', verdict: 'pass' },
    ]);
  });
});

describe('brute force', () => {
  it('finds vectors that are not what the view says', async () => {
    const honest = await open(withFiles({ 'features/line-delays.yaml': view({}) }));
    const lying = await open(withFiles({ 'features/line-delays.yaml': view({ window: '48 hours' }) }));
    const built = await lying.build();
    Object.assign(honest.deps, { blobs: lying.deps.blobs });
    await expect(honest.prove(built)).rejects.toMatchObject({
      code: 'LEAKAGE',
      message: expect.stringContaining('column line_delay_24h of row trip-'),
      details: { findings: expect.arrayContaining([expect.objectContaining({ comparison: 'brute force' })]) },
    });
  });
});
