import { describe, expect, it } from 'vitest';
import { checkTableSource } from '../../../domain/config/check-data.js';
import { checkModel, checkModelFeatures } from '../../../domain/config/check-model.js';
import { parseModel, parseProject, parseTable } from '../../../domain/config/configuration-files.js';
import { featureViewSchema } from '../../../domain/config/feature-view.js';
import { type ModelConfig, modelSchema } from '../../../domain/config/model.js';

const good = `version: 1
model: late
purpose:
  intendedUse: Tells which flights are late
  prohibitedUses: [any other]
  affectedGroups: [passengers]
  sensitiveColumns: []
dataset:
  name: late
  tables: [flights]
  examples: examples.sql
  key: [id]
  predictAt: at
  label: late
  outcomes: [delay]
  split:
    by: date
    column: day
    train: {from: '2013-01-01', to: '2013-01-31'}
    validation: {from: '2013-02-01', to: '2013-02-10'}
    test: {from: '2013-02-11', to: '2013-02-28'}
training:
  path: training
  command: [python, train.py]
  environment: {kind: none}
  algorithm: a
evaluation:
  task: classification
  inputs: [x, y]
  output: probabilities
  primary: rocAuc
`;
const findings = (from: string, to: string) => {
  try {
    parseModel(good.replace(from, to), 'ratchet.yaml');
  } catch (error) {
    return (error as { details: { problems: unknown } }).details.problems;
  }
  return [];
};

describe('checkModel', () => {
  it('has nothing against a good model', () => {
    expect(findings('', '')).toEqual([]);
  });

  it.each([
    ['a supervised task without a label', '  label: late\n', '', 'dataset.label', 'nothing', 8],
    ['the label as an input', '[x, y]', '[x, late]', 'evaluation.inputs[1]', 'late, which is the label', 29],
    [
      'an outcome as an input',
      '[x, y]',
      '[x, delay]',
      'evaluation.inputs[1]',
      'delay, which is an outcome',
      29,
    ],
    ['an input twice', '[x, y]', '[x, x]', 'evaluation.inputs[1]', 'x a second time', 29],
    ['a table twice', '[flights]', '[flights, flights]', 'dataset.tables[1]', 'flights a second time', 10],
    [
      'days in two splits',
      "from: '2013-02-11'",
      "from: '2013-02-10'",
      'dataset.split.test',
      '2013-02-10 to 2013-02-28, which has days of validation',
      21,
    ],
    [
      'days that run backwards',
      "from: '2013-02-11'",
      "from: '2013-03-11'",
      'dataset.split.test',
      '2013-03-11 to 2013-02-28',
      21,
    ],
    [
      'a date to know labels by, and no column that says when',
      '  outcomes',
      "  knownUntil: '2013-03-01T00:00:00Z'\n  outcomes",
      'dataset.knownUntil',
      'given without "labelKnownAt"',
      15,
    ],
    [
      'predictions that are forgotten before a window of theirs is judged',
      'evaluation:',
      'monitoring: { record: { keepDays: 8 } }\nevaluation:',
      'monitoring.record.keepDays',
      '8',
      27,
    ],
  ])('refuses %s', (_, from, to, path, came, line) => {
    expect(findings(from, to)).toEqual([expect.objectContaining({ path, came, line })]);
  });

  it('takes predictions that are kept as long as their windows wait', () => {
    expect(findings('evaluation:', 'monitoring: { record: { keepDays: 9 } }\nevaluation:')).toEqual([]);
  });

  it('refuses shares that leave nothing to train on', () => {
    const model = modelSchema.parse({
      ...modelAt(),
      dataset: { ...modelAt().dataset, split: { by: 'hash', validation: 0.5, test: 0.5 } },
    });
    expect(checkModel(model)).toEqual([expect.objectContaining({ path: ['dataset', 'split'] })]);
  });
});

const modelAt = (): ModelConfig => parseModel(good, 'ratchet.yaml');

const latest = (name: string) =>
  featureViewSchema.parse({
    version: 1,
    name,
    kind: 'latest',
    tables: ['flights'],
    entity: ['id'],
    select: 'select 1',
    knownAt: 't',
    columns: { temp: { of: 'temp' } },
  });

describe('checkModelFeatures', () => {
  it('asks for the instant of prediction where a view has a time', () => {
    const { predictAt: _, ...dataset } = modelAt().dataset;
    expect(checkModelFeatures({ ...modelAt(), dataset }, [latest('weather')])).toEqual([
      expect.objectContaining({ path: ['dataset', 'predictAt'], came: 'nothing' }),
    ]);
  });

  it('refuses one column from two views', () => {
    expect(checkModelFeatures(modelAt(), [latest('here'), latest('there')])).toEqual([
      expect.objectContaining({ came: 'two views with the column temp: here and there' }),
    ]);
  });
});

describe('checkTableSource', () => {
  const { sources } = parseProject(
    'version: 1\nproject: p\nmodels: [{name: m, path: .}]\nsources:\n  files: {kind: repository, path: data}\n  db: {kind: postgres, connection: "secret://db"}\n',
    'p',
  );
  const table = (lines: string) =>
    parseTable(`version: 1\nname: t\ncolumns: {a: string}\nrowKey: [a]\n${lines}`, 't');

  it('takes a table that fits its source', () => {
    expect(checkTableSource(table('source: files\npath: a.csv\nformat: csv\n'), sources)).toEqual([]);
  });

  it('refuses a source that the project does not allow, even one named like a part of every object', () => {
    for (const name of ['other', 'constructor']) {
      expect(checkTableSource(table(`source: ${name}\n`), sources)).toEqual([
        { path: ['source'], came: `${name}, which the project does not allow`, allowed: '"files" or "db"' },
      ]);
    }
  });

  it('refuses a query for files, and files for a database', () => {
    expect(checkTableSource(table('source: files\nquery: a.sql\n'), sources).map(({ path }) => path)).toEqual(
      [['query'], ['path'], ['format']],
    );
    expect(checkTableSource(table('source: db\npath: a.csv\n'), sources).map(({ path }) => path)).toEqual([
      ['query'],
      ['path'],
    ]);
  });
});
