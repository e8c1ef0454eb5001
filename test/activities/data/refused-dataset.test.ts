import { describe, expect, it } from 'vitest';
import {
  modelFile,
  type ProjectFiles,
  projectFiles,
  projectOpener,
  type SmallProject,
  tripsCsv,
  withFiles,
} from './small-project.js';

const open = projectOpener();

describe('a dataset is refused', () => {
  const refused = async (files: ProjectFiles, change?: (project: SmallProject) => void) => {
    const project = await open(files);
    change?.(project);
    return await project.build().then(
      () => undefined,
      (error: unknown) => error,
    );
  };
  const trips = (csv: string) => (project: SmallProject) =>
    void project.deps.sources.queries.set('select * from trips', csv);
  const model = (changes: Record<string, unknown>) =>
    withFiles({ 'models/late/ratchet.yaml': modelFile(changes) });

  it('where a table has more bad rows than its share, with counts, samples and the stored rows', async () => {
    const error = await refused(
      projectFiles(),
      trips(tripsCsv((trip, index) => (index % 10 === 0 ? trip.with(5, 'x') : trip))),
    );
    expect(error).toMatchObject({
      code: 'CONTRACT_BROKEN',
      message: expect.stringMatching(
        /tables\/trips\.yaml: .*maxQuarantinedShare 0\.01 allows.*delay: not of type double, rows 20, of 200/,
      ),
      details: {
        quarantine: { sha256: expect.any(String) },
        samples: expect.arrayContaining([
          { table: 'trips', row_key: 'trip-000', reason: 'delay: not of type double', value: 'x' },
        ]),
      },
    });
  });

  it('where a column is of another type altogether', async () => {
    const error = await refused(projectFiles(), trips(tripsCsv((trip) => trip.with(5, 'late'))));
    expect(error).toMatchObject({
      code: 'DATA_TYPE',
      message: expect.stringContaining('delay: not of type double'),
    });
  });

  it('where examples break the contract above the share', async () => {
    const contract = { maxQuarantinedShare: 0.1, columns: { delay: { type: 'double', max: 50 } } };
    expect(await refused(model({ contract }))).toMatchObject({
      code: 'CONTRACT_BROKEN',
      message: expect.stringMatching(
        /examples break the contract \(share 0\.1\d+\), allowed is a share of 0\.1: delay: above 50 \(\d+\)/,
      ),
      details: { limit: 0.1, reasons: { 'delay: above 50': expect.any(Number) } },
    });
  });

  it('where there are fewer rows than the contract asks for', async () => {
    expect(await refused(model({ contract: { minRows: 1000 } }))).toMatchObject({
      code: 'CONTRACT_BROKEN',
      message: expect.stringContaining('the dataset has 190 rows, contract.minRows asks for 1000'),
    });
  });

  it('where the contract speaks of another type or of no column', async () => {
    const contract = { columns: { line: { type: 'double' }, nope: { type: 'string' } } };
    expect(await refused(model({ contract }))).toMatchObject({
      code: 'DATA_TYPE',
      message: expect.stringMatching(
        /column line is of type string, the contract asks for double; the contract names nope/,
      ),
    });
  });

  it('where a split is empty', async () => {
    const split = {
      by: 'date',
      column: 'predict_at',
      train: { from: '2020-01-03', to: '2020-01-25' },
      validation: { from: '2020-01-26', to: '2020-02-01' },
      test: { from: '2021-01-01', to: '2021-01-31' },
    };
    expect(await refused(model({ split }))).toMatchObject({
      code: 'SPLIT_EMPTY',
      message: expect.stringMatching(
        /no rows are in test; of the examples 0 unlabelled, .*train 115, validation 35, test 0/,
      ),
    });
  });

  it('where a column has one value in all training rows, unless that is allowed', async () => {
    const constant = {
      'models/late/examples.sql': `select id, leaves - interval 1 hour as predict_at, arrives, line, car, delay, 7 as seven, (delay >= 30)::int as late from trips`,
    };
    expect(await refused(withFiles(constant))).toMatchObject({
      code: 'CONTRACT_BROKEN',
      message: expect.stringContaining('seven has one value in all training rows'),
    });
    const allowed = {
      ...constant,
      'models/late/ratchet.yaml': modelFile({ contract: { allowConstant: ['seven'] } }),
    };
    expect(await refused(withFiles(allowed))).toBeUndefined();
  });

  it('where the label has one value in all training rows', async () => {
    expect(await refused(projectFiles(), trips(tripsCsv((trip) => trip.with(5, '1'))))).toMatchObject({
      code: 'CONTRACT_BROKEN',
      message: expect.stringContaining('late'),
    });
  });

  it.each<readonly [string, ProjectFiles, string, RegExp]>([
    [
      'where examples give no key',
      { 'models/late/examples.sql': 'select line from trips' },
      'DATASET_SQL',
      /models\/late\/examples\.sql: gives no column id \(a column of "key"\); it gives line/,
    ],
    [
      'where a prediction time is no instant',
      {
        'models/late/examples.sql': `select id, '1' as predict_at, arrives, line, car, delay, 1 as late from trips`,
      },
      'DATA_TYPE',
      /column predict_at \(predictAt\) is of type string; allowed is timestamp/,
    ],
    [
      'where examples give a list',
      {
        'models/late/examples.sql': `select id, leaves as predict_at, arrives, line, car, delay, 1 as late, [1] as l from trips`,
      },
      'DATA_TYPE',
      /column l is of type INTEGER\[\]/,
    ],
    [
      'where examples read a table they do not declare',
      { 'models/late/examples.sql': 'select * from cars' },
      'DATASET_SQL',
      /the table cars is not declared; declared are trips/,
    ],
    [
      'where the examples write',
      { 'models/late/examples.sql': 'drop table trips' },
      'DATASET_SQL',
      /only a SELECT is allowed/,
    ],
    [
      'where a feature lacks its entity',
      {
        'features/car-facts.yaml': {
          ...(projectFiles()['features/car-facts.yaml'] as object),
          select: 'select seats from cars',
        },
      },
      'DATASET_SQL',
      /features\/car-facts\.yaml: gives no column car \(an entity column\)/,
    ],
    [
      'where an entity has another type',
      {
        'features/car-facts.yaml': {
          ...(projectFiles()['features/car-facts.yaml'] as object),
          select: 'select seats as car, seats from cars',
        },
      },
      'DATA_TYPE',
      /column car \(an entity column\) is of type integer; allowed is string, as in the examples/,
    ],
    [
      'where a mean is of text',
      {
        'features/line-delays.yaml': {
          ...(projectFiles()['features/line-delays.yaml'] as object),
          columns: { x: { aggregate: 'mean', of: 'line' } },
        },
      },
      'DATA_TYPE',
      /column line \(of feature x\) is of type string/,
    ],
    [
      'where a lookup has two rows for an entity',
      {
        'features/car-facts.yaml': {
          ...(projectFiles()['features/car-facts.yaml'] as object),
          select: 'select car, seats from cars union all from cars',
        },
      },
      'DATASET_SQL',
      /a lookup has one row an entity, some have more: entity car-0, rows 2/,
    ],
    [
      'where a feature has the name of an example column',
      {
        'features/car-facts.yaml': {
          ...(projectFiles()['features/car-facts.yaml'] as object),
          columns: { line: { of: 'seats' } },
        },
      },
      'DATASET_SQL',
      /gives a column line, which features\/car-facts\.yaml gives too/,
    ],
    [
      'where knownAt is no expression',
      {
        'tables/line-weather.yaml': {
          ...(projectFiles()['tables/line-weather.yaml'] as object),
          knownAt: { row: '(select 1)' },
        },
      },
      'DATASET_SQL',
      /tables\/line-weather\.yaml: an expression has no sub-select/,
    ],
  ])('%s', async (_, changes, code, message) => {
    expect(await refused(withFiles(changes))).toMatchObject({
      code,
      message: expect.stringMatching(message),
    });
  });

  it('where several examples have one key', async () => {
    const twice = {
      'models/late/examples.sql': `${projectFiles()['models/late/examples.sql']} union all select id, leaves - interval 1 hour, arrives, line, car, delay, 1 from trips where id < 'trip-050'`,
    };
    expect(await refused(withFiles(twice))).toMatchObject({
      code: 'CONTRACT_BROKEN',
      message: expect.stringContaining('key not unique (100)'),
    });
  });
});
