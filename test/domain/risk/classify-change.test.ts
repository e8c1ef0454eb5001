import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ModelConfig } from '../../../domain/config/model.js';
import {
  type ChangeType,
  changeTypes,
  type RiskLevel,
  riskLevels,
} from '../../../domain/risk/change-types.js';
import { classifyChange, type ModelChange } from '../../../domain/risk/classify-change.js';
import type { FileKind } from '../../../domain/risk/file-kind.js';
import type { RiskyFile } from '../../../domain/risk/file-signs.js';
import { file, model, none, rows, withValue } from './made-change.js';

const configured = (path: string, value: unknown): Partial<ModelChange> => ({
  configuration: { before: model, after: withValue(path, value) },
});

describe('the types of a change', () => {
  it.each<[ChangeType, RiskLevel, Partial<ModelChange>]>([
    ['serving-bug-fix', 'low', { files: [file('serving/app.py', 'serving-code')] }],
    ['serving-libraries', 'low', { files: [file('serving/package-lock.json', 'serving-libraries')] }],
    ['base-image', 'low', { files: [file('serving/Dockerfile', 'base-image')] }],
    ['serving-feature', 'medium', { files: [file('serving/app.py', 'serving-code', { lines: 41 })] }],
    ['serving-api', 'medium', { files: [file('serving/openapi.yaml', 'serving-api')] }],
    ['minor-dataset', 'low', { dataset: rows }],
    ['major-dataset', 'medium', { dataset: { ...rows, replacedShare: 0.21 } }],
    ['hyperparameters', 'medium', configured('training.hyperparameters.max_depth', 5)],
    ['architecture', 'high', configured('training.algorithm', 'gradient-boosting')],
    ['unrecognised', 'medium', { files: [file('Makefile', 'unknown')] }],
  ])('%s, of %s risk', (type, risk, change) => {
    expect(classifyChange({ ...none, ...change })).toEqual({
      changes: [{ type, risk, because: expect.stringMatching(/./) }],
      risk,
    });
  });

  it('have the risks of the reference design', () => {
    const risks = Object.entries(changeTypes).map(([type, { risk }]) => `${type} ${risk}`);
    expect(risks).toEqual([
      'serving-bug-fix low',
      'serving-libraries low',
      'base-image low',
      'serving-feature medium',
      'serving-api medium',
      'minor-dataset low',
      'major-dataset medium',
      'hyperparameters medium',
      'architecture high',
      'unrecognised medium',
    ]);
  });

  it('are none where nothing changed, or documentation alone', () => {
    expect(classifyChange(none)).toEqual({ changes: [], risk: 'low' });
    expect(classifyChange({ ...none, files: [file('README.md', 'documentation')] }).changes).toEqual([]);
  });
});

describe('what may be of two types counts as the one with the higher risk:', () => {
  const code = (over: Partial<RiskyFile>) => [file('serving/app.py', 'serving-code', over)];
  it.each<[string, Partial<ModelChange>, ChangeType]>([
    ['new serving code', { files: code({ change: 'added' }) }, 'serving-feature'],
    ['removed serving code', { files: code({ change: 'removed' }) }, 'serving-feature'],
    ['serving code of an unknown size', { files: code({ lines: null }) }, 'serving-feature'],
    [
      'many small changes of serving code',
      { files: [1, 2, 3].map((at) => file(`serving/${at}.py`, 'serving-code', { lines: 20 })) },
      'serving-feature',
    ],
    [
      'a Dockerfile with more than another base image',
      { files: [file('serving/Dockerfile', 'base-image', { lines: 3 })] },
      'serving-feature',
    ],
    ['training code before its model is there', { files: [file('t.py', 'training-code')] }, 'architecture'],
    [
      'training code whose model is another one',
      { files: [file('t.py', 'training-code')], modelType: { before: 'Gemm', after: 'Gemm, Relu' } },
      'architecture',
    ],
    [
      'training code whose model has the same operators',
      { files: [file('t.py', 'training-code')], modelType: { before: 'Gemm', after: 'Gemm' } },
      'hyperparameters',
    ],
    [
      'another model for no reason that is seen',
      { modelType: { before: 'Gemm', after: 'Relu' } },
      'architecture',
    ],
    [
      'libraries of the training',
      { files: [file('training/requirements.txt', 'training-libraries')] },
      'hyperparameters',
    ],
    ['SQL or features', { files: [file('features/routes.yaml', 'data')] }, 'major-dataset'],
    ['a dataset that nobody compared', { dataset: 'unknown' }, 'major-dataset'],
    ['rows of which it is not known', { dataset: { ...rows, replacedShare: null } }, 'major-dataset'],
    ['a share that is no number', { dataset: { ...rows, replacedShare: Number.NaN } }, 'major-dataset'],
    ['other columns', { dataset: { ...rows, schemaChanged: true } }, 'major-dataset'],
    ['other labels', { dataset: { ...rows, labelChanged: true } }, 'major-dataset'],
    [
      'configuration that was not compared',
      { files: [file('ratchet.yaml', 'configuration')] },
      'unrecognised',
    ],
    ['the first version', { configuration: { before: null, after: model } }, 'architecture'],
  ])('%s', (_, change, type) => {
    const { changes } = classifyChange({ ...none, ...change });
    expect(changes.map((one) => one.type)).toEqual([type]);
  });
});

describe('a change of the configuration', () => {
  it.each<[string, unknown, ChangeType]>([
    ['training.hyperparameters.learning_rate', 0.1, 'hyperparameters'],
    ['training.hyperparameters.n_layers', 3, 'architecture'],
    ['training.hyperparameters.network', { hidden_units: [8, 8] }, 'architecture'],
    ['training.hyperparameters.kernel', 'rbf', 'architecture'],
    ['training.seed', 5, 'hyperparameters'],
    ['training.environment', { kind: 'node' }, 'hyperparameters'],
    ['training.command', ['python', 'other.py'], 'architecture'],
    ['training.network', 'full', 'unrecognised'],
    ['dataset.label', 'delayed', 'major-dataset'],
    ['dataset.features', ['routes', 'weather'], 'major-dataset'],
    ['dataset.tables', ['flights', 'planes'], 'major-dataset'],
    ['dataset.split.test', 0.3, 'major-dataset'],
    ['dataset.contract.minRows', 5, 'major-dataset'],
    ['dataset.knownUntil', '2013-05-01T00:00:00Z', 'minor-dataset'],
    ['evaluation.inputs', ['x', 'y'], 'major-dataset'],
    ['evaluation.output', 'q', 'serving-api'],
    ['evaluation.task', 'regression', 'architecture'],
    ['evaluation.parity.tolerance', 1, 'unrecognised'],
    ['purpose.intendedUse', 'Something else altogether', 'unrecognised'],
    ['something.new', 1, 'unrecognised'],
  ])('of %s to %j is %s', (path, value, type) => {
    const after = path.startsWith('something')
      ? ({ ...model, something: { new: 1 } } as ModelConfig)
      : withValue(path, value);
    const { changes } = classifyChange({ ...none, configuration: { before: model, after } });
    expect(changes.map((one) => one.type)).toEqual([type]);
  });

  it.each([
    ['description', 'Another sentence.'],
    ['triggers.monitoring', false],
    ['training.limits.minutes', 5],
    ['training.variants', { deep: { algorithm: 'forest', hyperparameters: {} } }],
    ['dataset.recompute.cuts', 1],
  ])('of %s is no change of the model', (path, value) => {
    expect(classifyChange({ ...none, ...configured(path, value) })).toEqual({ changes: [], risk: 'low' });
  });

  it('tells each type once, the highest risk first, with its first three reasons', () => {
    const hyperparameters = { a: 1, b: 2, c: 3, d: 4, max_depth: 4, network: { hidden_units: [8] } };
    const after = withValue(
      'training.algorithm',
      'x',
      withValue('training.hyperparameters', hyperparameters),
    );
    const files = [file('serving/app.py', 'serving-code')];
    const { changes, risk } = classifyChange({ ...none, files, configuration: { before: model, after } });
    expect(risk).toBe('high');
    expect(changes).toEqual([
      { type: 'architecture', risk: 'high', because: 'training.algorithm is another one' },
      {
        type: 'hyperparameters',
        risk: 'medium',
        because: `${['a', 'b', 'c'].map((name) => `training.hyperparameters.${name} is another one`).join('; ')}; and 1 more`,
      },
      {
        type: 'serving-bug-fix',
        risk: 'low',
        because: '2 lines of serving code changed, at most 40 are minor',
      },
    ]);
  });
});

describe('the risk of a change', () => {
  const kinds: readonly FileKind[] = [
    ...(['serving-code', 'serving-libraries', 'base-image', 'serving-api', 'training-code'] as const),
    ...(['training-libraries', 'data', 'configuration', 'documentation', 'unknown'] as const),
  ];
  const anyFile = fc.record<RiskyFile>({
    path: fc.constantFrom('a', 'b/c'),
    kind: fc.constantFrom(...kinds),
    change: fc.constantFrom('added', 'modified', 'removed'),
    lines: fc.option(fc.integer({ min: 0, max: 60 })),
  });
  const edit = fc.constantFrom<[string, unknown]>(
    ['training.algorithm', 'other'],
    ['training.hyperparameters.max_depth', 9],
    ['dataset.label', 'other'],
    ['dataset.knownUntil', '2014-01-01T00:00:00Z'],
    ['description', 'other'],
    ['purpose.intendedUse', 'something else'],
  );
  const difference = fc.record({
    replacedShare: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
    schemaChanged: fc.boolean(),
    labelChanged: fc.boolean(),
  });
  const edited = (edits: readonly [string, unknown][]) =>
    edits.reduce((config, [path, value]) => withValue(path, value, config), model);
  const level = (change: ModelChange) => riskLevels.indexOf(classifyChange(change).risk);

  it('is never made lower by a change that comes to it', () => {
    fc.assert(
      fc.property(
        fc.array(anyFile, { maxLength: 4 }),
        fc.array(anyFile, { maxLength: 3 }),
        fc.array(edit, { maxLength: 3 }),
        fc.array(edit, { maxLength: 2 }),
        fc.option(difference),
        difference,
        (files, moreFiles, edits, moreEdits, dataset, other) => {
          const configuration = { before: model, after: edited(edits) };
          const change: ModelChange = { ...none, files, configuration, dataset };
          const before = level(change);
          expect(level({ ...change, files: [...files, ...moreFiles] })).toBeGreaterThanOrEqual(before);
          const after = edited([...edits, ...moreEdits]);
          expect(level({ ...change, configuration: { before: model, after } })).toBeGreaterThanOrEqual(
            before,
          );
          if (dataset === null) expect(level({ ...change, dataset: other })).toBeGreaterThanOrEqual(before);
          const worse = {
            replacedShare: dataset?.replacedShare == null ? null : Math.min(1, dataset.replacedShare + 0.3),
            schemaChanged: true,
            labelChanged: true,
          };
          expect(level({ ...change, dataset: worse })).toBeGreaterThanOrEqual(before);
        },
      ),
      { numRuns: 400, seed: 20130401 },
    );
  });

  it('is the highest of its parts', () => {
    fc.assert(
      fc.property(fc.array(anyFile, { maxLength: 6 }), fc.option(difference), (files, dataset) => {
        const { changes, risk } = classifyChange({ ...none, files, dataset });
        const ranks = changes.map((one) => riskLevels.indexOf(one.risk));
        expect(riskLevels.indexOf(risk)).toBe(Math.max(0, ...ranks));
        expect(new Set(changes.map(({ type }) => type)).size).toBe(changes.length);
      }),
      { numRuns: 400, seed: 20130401 },
    );
  });
});
