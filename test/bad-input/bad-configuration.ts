import { type BadInput, files, swap, withDataset, withTraining } from './bad-input.js';

const invalid = { status: 'failed', code: 'CONFIG_INVALID', step: 'prepare' } as const;
const missing = { status: 'failed', code: 'CONFIG_MISSING', step: 'prepare' } as const;
const dates = (train: string) =>
  `{ by: date, column: day, train: { ${train} }, validation: { from: 2020-02-02, to: 2020-02-03 }, test: { from: 2020-02-04, to: 2020-02-05 } }`;
const hashed = '{ by: hash, validation: 0.25, test: 0.25 }';

/** Files that people write, read before anything runs. */
export const badConfiguration: readonly BadInput[] = [
  {
    ...invalid,
    title: 'YAML that is none',
    edits: { [files.model]: swap('tables: [points]', 'tables: [points') },
    says: [/^CONFIG_INVALID: models\/tiny\/ratchet\.yaml:\d+:\d+: the file is /, 'allowed is'],
  },
  {
    ...invalid,
    title: 'a key that nothing knows',
    edits: { [files.model]: swap('  command:', '  comand:') },
    says: [
      /models\/tiny\/ratchet\.yaml:\d+:3: training\.comand is an unknown key/,
      'did you mean "command"?',
    ],
  },
  {
    ...invalid,
    title: 'a value of the wrong type',
    edits: withTraining('seed: ten'),
    says: ['training.seed is text "ten", allowed is a whole number from 0 to 2147483647'],
  },
  {
    ...invalid,
    title: 'a key that stands twice',
    edits: withDataset('label: x'),
    says: [/ratchet\.yaml:\d+:3: the file is a second key "label", allowed is each key once/],
  },
  {
    ...invalid,
    title: 'a split whose days are in the wrong order',
    edits: { [files.model]: swap(hashed, dates('from: 2020-02-01, to: 2020-01-01')) },
    says: [
      'dataset.split.train is 2020-02-01 to 2020-01-01, allowed is a first day that is not after the last',
    ],
  },
  {
    ...invalid,
    title: 'splits that share a day',
    edits: { [files.model]: swap(hashed, dates('from: 2020-01-01, to: 2020-02-02')) },
    says: [
      'dataset.split.validation is 2020-02-02 to 2020-02-03, which has days of train, allowed is days of its own',
    ],
  },
  {
    ...invalid,
    title: 'the label among the inputs',
    edits: { [files.model]: swap('inputs: [x, y]', 'inputs: [x, label]') },
    says: [
      'evaluation.inputs[1] is label, which is the label, allowed is a column that is known at prediction time',
    ],
  },
  {
    ...invalid,
    title: 'a variant that the model does not have',
    edits: {},
    variant: 'fast',
    says: ['model tiny has no variant "fast"; it has slow'],
  },
  {
    ...invalid,
    title: 'a model whose own file calls it something else',
    edits: { [files.model]: swap('model: tiny', 'model: small') },
    says: [
      'ratchet.project.yaml calls the model in models/tiny "tiny"',
      'calls it "small"; both must be the same',
    ],
  },
  {
    ...invalid,
    title: 'the file of another project',
    edits: { [files.project]: swap('project: tiny', 'project: small') },
    says: [/ratchet\.project\.yaml: project is small at [0-9a-f]{12}, allowed is tiny, as it was added/],
  },
  {
    title: 'a model that the project no longer has',
    edits: { [files.project]: swap('{ name: tiny,', '{ name: small,') },
    status: 'failed',
    code: 'MODEL_NOT_FOUND',
    step: 'prepare',
    says: ['project tiny has no model "tiny" at ', 'it has small'],
  },
  {
    ...missing,
    title: 'a folder without its ratchet.yaml',
    edits: { [files.model]: null },
    says: ['ratchet.project.yaml names models/tiny, which has no ratchet.yaml'],
  },
  {
    ...missing,
    title: 'examples that are not there',
    edits: { [files.examples]: null },
    says: ['there is no file models/tiny/examples.sql; models/tiny has models/tiny/ratchet.yaml'],
  },
  {
    ...missing,
    title: 'a table that is not there',
    edits: { [files.model]: swap('tables: [points]', 'tables: [dots]') },
    says: ['there is no file tables/dots.yaml; tables has tables/points.yaml'],
  },
  {
    ...missing,
    title: 'a feature view that is not there',
    edits: withDataset('features: [means]'),
    says: ['there is no file features/means.yaml'],
  },
  {
    title: 'a source that the project does not allow',
    edits: { [files.table]: swap('source: files', 'source: warehouse') },
    status: 'failed',
    code: 'SOURCE_UNKNOWN',
    step: 'prepare',
    says: [
      'tables/points.yaml: the source warehouse is not in the allow-list',
      'which has company, files, nobody',
    ],
  },
  {
    ...missing,
    title: 'training code that is not there',
    edits: { [files.model]: swap('path: training', 'path: trainings') },
    says: ['training.path names trainings, which is not in the repository at '],
  },
  {
    ...missing,
    title: 'an environment without its lock file',
    edits: { [files.model]: swap('{ kind: none }', '{ kind: node }'), 'training/package.json': '{}' },
    says: ['the training environment needs training/package-lock.json, which is not in the repository at '],
  },
  {
    title: 'a requirement without an exact version',
    edits: {
      [files.model]: swap('{ kind: none }', '{ kind: python, requirements: requirements.txt }'),
      'training/requirements.txt': 'numpy>=2\n',
    },
    status: 'failed',
    code: 'ENVIRONMENT_FAILED',
    step: 'prepare',
    says: [
      'line 1 of the requirements is "numpy>=2"; a line is name==version, without options and addresses',
    ],
  },
];
