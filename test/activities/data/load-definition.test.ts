import { describe, expect, it } from 'vitest';
import { loadDatasetDefinition } from '../../../activities/data/index.js';
import { modelFile, type ProjectFiles, projectFiles, projectOpener, withFiles } from './small-project.js';

const open = projectOpener();
const load = async (files: ProjectFiles) => {
  const project = await open(files);
  return await loadDatasetDefinition(project.deps, project.request);
};
const without = (path: string): ProjectFiles =>
  Object.fromEntries(Object.entries(projectFiles()).filter(([name]) => name !== path));

describe('a definition', () => {
  it('holds the tables of the dataset and of its views, each once', async () => {
    const { tables, views, project, model, file } = await load(projectFiles());
    expect({ project, model, file }).toEqual({
      project: 'trips',
      model: 'late',
      file: 'models/late/ratchet.yaml',
    });
    expect(tables.map(({ config, query, source }) => [config.name, query, source.kind])).toEqual([
      ['cars', null, 'repository'],
      ['line-weather', null, 's3'],
      ['trips', 'select * from trips', 'postgres'],
    ]);
    expect(views.map(({ config }) => config.name)).toEqual(['line-delays', 'weather', 'car-facts']);
  });

  it('is the same whatever order the keys of its files stand in', async () => {
    const table = projectFiles()['tables/trips.yaml'] as { columns: Record<string, string> };
    const turned = { ...table, columns: Object.fromEntries(Object.entries(table.columns).reverse()) };
    const [a, b] = [await load(projectFiles()), await load(withFiles({ 'tables/trips.yaml': turned }))];
    expect(JSON.stringify(b)).toBe(JSON.stringify(a));
  });

  it.each<readonly [string, ProjectFiles, string, RegExp]>([
    [
      'the project file',
      without('ratchet.project.yaml'),
      'CONFIG_MISSING',
      /there is no file ratchet\.project\.yaml/,
    ],
    [
      'the model file',
      without('models/late/ratchet.yaml'),
      'CONFIG_MISSING',
      /there is no file models\/late\/ratchet\.yaml; models\/late has .*examples\.sql/,
    ],
    [
      'a table',
      without('tables/cars.yaml'),
      'CONFIG_MISSING',
      /there is no file tables\/cars\.yaml; tables has .*trips\.yaml/,
    ],
    [
      'a view',
      without('features/weather.yaml'),
      'CONFIG_MISSING',
      /there is no file features\/weather\.yaml/,
    ],
    [
      'the examples',
      without('models/late/examples.sql'),
      'CONFIG_MISSING',
      /models\/late\/ratchet\.yaml: there is no file models\/late\/examples\.sql/,
    ],
    [
      'a query',
      without('tables/trips.sql'),
      'CONFIG_MISSING',
      /tables\/trips\.yaml: there is no file tables\/trips\.sql/,
    ],
    [
      'an allowed source',
      withFiles({
        'tables/cars.yaml': { ...(projectFiles()['tables/cars.yaml'] as object), source: 'elsewhere' },
      }),
      'SOURCE_UNKNOWN',
      /tables\/cars\.yaml: the source elsewhere is not in the allow-list of ratchet\.project\.yaml, which has company, lake, own/,
    ],
    [
      'the name of its file',
      withFiles({
        'tables/cars.yaml': { ...(projectFiles()['tables/cars.yaml'] as object), name: 'trucks' },
      }),
      'CONFIG_INVALID',
      /tables\/cars\.yaml: name is trucks, allowed is cars/,
    ],
    [
      'a prediction time for a window',
      withFiles({ 'models/late/ratchet.yaml': modelFile({ predictAt: undefined }) }),
      'CONFIG_INVALID',
      /dataset\.predictAt/,
    ],
    [
      'an outcome that is no input',
      withFiles({ 'models/late/ratchet.yaml': modelFile({ outcomes: ['delay', 'line'] }) }),
      'CONFIG_INVALID',
      /evaluation\.inputs\[0\] is line, which is an outcome/,
    ],
  ])('is refused without %s', async (_, files, code, message) => {
    await expect(load(files)).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
  });

  it('is refused for a file of the repository that is not there', async () => {
    const project = await open(without('data/cars.csv'));
    await expect(project.plan()).rejects.toMatchObject({
      code: 'CONFIG_MISSING',
      message: 'tables/cars.yaml: there is no data/cars.csv at this commit',
    });
  });
});
