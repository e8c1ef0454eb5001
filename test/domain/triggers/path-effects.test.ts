import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PathRule } from '../../../domain/config/tracking.js';
import { type ChangedPaths, pathEffects } from '../../../domain/triggers/path-effects.js';

const line = (
  model: string,
  parts: readonly string[],
  push: ChangedPaths['lines'][number]['triggers']['push'] = { paths: [] },
): ChangedPaths['lines'][number] => ({
  model,
  path: `models/${model}`,
  parts: [`models/${model}`, ...parts],
  triggers: { push },
});

const flights = ['tables/flights.yaml', 'tables/flights.sql', 'features/routes.yaml'];
const project = {
  lines: [
    line('late', ['training', ...flights]),
    line('early', ['training-js/', 'tables/flights.yaml', 'prompts/system.md']),
    line('odd', ['experiments/odd', 'requirements.txt'], { paths: ['docs/labels.md'] }),
    line('quiet', ['quiet-training'], false),
  ],
  rules: [],
  tracked: [],
  appliedOnly: [],
  applications: [],
} satisfies Omit<ChangedPaths, 'files'>;

const effectOf = (path: string, given: Partial<ChangedPaths> = {}) => {
  const { files, ...effects } = pathEffects({ ...project, ...given, files: [path] });
  return { ...effects, ...files[0] };
};

describe('a changed file', () => {
  it.each([
    ['models/late/examples.sql', 'train', ['late']],
    ['models/late/ratchet.yaml', 'train', ['late']],
    ['training/train.py', 'train', ['late']],
    ['training/lib/rows.py', 'train', ['late']],
    ['training-js/train.js', 'train', ['early']],
    ['tables/flights.yaml', 'train', ['late', 'early']],
    ['tables/flights.sql', 'train', ['late']],
    ['requirements.txt', 'train', ['odd']],
    ['training/policy.yaml', 'train', ['late']],
    ['training/docs/stop-words.txt', 'train', ['late']],
    ['prompts/system.md', 'train', ['early']],
    ['experiments/odd/train.py', 'train', ['odd']],
    ['docs/labels.md', 'train', ['odd']],
    ['ratchet.project.yaml', 'apply', []],
    ['policy.yaml', 'apply', []],
    ['models/late/policy.yaml', 'apply', []],
    ['models/late/policy-strict.yaml', 'apply', []],
    ['models/late/policy-tests/policy.yaml', 'apply', []],
    ['models/late/monitoring.yaml', 'apply', []],
    ['monitoring/alarms.yaml', 'apply', []],
    ['models/gone/ratchet.yaml', 'apply', []],
    ['experiments/other/train.py', 'nothing', []],
    ['notebooks/look.py', 'nothing', []],
    ['models/late/notebooks/look.py', 'nothing', []],
    ['training/look.ipynb', 'nothing', []],
    ['docs/index.html', 'nothing', []],
    ['models/late/README.md', 'nothing', []],
    ['tables/unused.yaml', 'nothing', []],
    ['models/late/serving/app.py', 'serving', ['late']],
    ['serving/app.py', 'nothing', []],
    ['quiet-training/train.py', 'train', ['quiet']],
  ])('%s leads to %s of %j', (path, effect, models) => {
    expect(effectOf(path)).toMatchObject({ path, effect, models });
  });

  it('trains nothing where a model turned pushes off, and says so', () => {
    expect(effectOf('quiet-training/train.py')).toMatchObject({
      train: [],
      suppressed: [{ model: 'quiet', rule: 'turned-off', paths: ['quiet-training/train.py'], files: 1 }],
    });
  });

  it('of serving code is told where no endpoint runs it', () => {
    expect(effectOf('models/late/serving/app.py')).toMatchObject({
      train: [],
      released: [],
      apply: false,
      suppressed: [{ model: 'late', rule: 'no-pipeline' }],
    });
  });

  const applications = [
    { endpoint: 'web', model: 'late', path: 'apps/web/' },
    { endpoint: 'desk', model: 'late', path: './models/late/serving' },
    { endpoint: 'other', model: 'early', path: 'apps/other' },
  ];

  it.each([
    ['apps/web/src/main.ts', 'late', ['web']],
    ['models/late/serving/app.py', 'late', ['desk']],
    ['apps/other/package.json', 'early', ['other']],
  ])('%s releases the endpoints of %s that run it: %j', (path, model, endpoints) => {
    expect(effectOf(path, { applications })).toMatchObject({
      ...{ effect: 'serving', models: [model], train: [], suppressed: [] },
      released: [{ model, endpoints, paths: [path], files: 1 }],
    });
  });

  it('that a rule calls serving code releases all endpoints of its model', () => {
    const rules: PathRule[] = [{ paths: ['shared/**'], effect: 'serving', models: ['late'] }];
    expect(effectOf('shared/lib.ts', { applications, rules })).toMatchObject({
      released: [{ model: 'late', endpoints: ['web', 'desk'] }],
    });
  });

  it.each([
    ['apps/web/README.md', 'nothing'],
    ['apps/webs/main.ts', 'nothing'],
    ['training/train.py', 'train'],
  ])('%s releases nothing: it leads to %s', (path, effect) => {
    expect(effectOf(path, { applications })).toMatchObject({ effect, released: [] });
  });

  it('that a model asks to be trained by trains it, also inside of serving code', () => {
    const lines = [line('late', [], { paths: ['apps/web/labels.csv'] })];
    expect(effectOf('apps/web/labels.csv', { applications, lines })).toMatchObject({
      ...{ train: [{ model: 'late' }], released: [] },
    });
  });

  it.each([
    ['ratchet.project.yaml', true],
    ['models/late/ratchet.yaml', true],
    ['features/routes.yaml', true],
    ['models/late/policy.yaml', true],
    ['training/train.py', false],
    ['models/late/examples.sql', false],
    ['docs/labels.md', false],
    ['notebooks/policy.yaml', false],
  ])('%s has the project applied: %s', (path, expected) => {
    expect(effectOf(path).apply).toBe(expected);
  });

  it('that is a ratchet.yaml with other triggers alone is applied, and trains nothing', () => {
    const path = 'models/late/ratchet.yaml';
    expect(effectOf(path, { appliedOnly: [path] })).toMatchObject({
      effect: 'apply',
      train: [],
      apply: true,
    });
  });

  it('counts only where the project looks, save for the file that says where that is', () => {
    const tracked = ['models/**', 'training/**'];
    expect(effectOf('training/train.py', { tracked }).effect).toBe('train');
    expect(effectOf('tables/flights.yaml', { tracked })).toMatchObject({ effect: 'nothing', apply: false });
    expect(effectOf('ratchet.project.yaml', { tracked }).apply).toBe(true);
  });
});

describe('rules of a project', () => {
  const rules: PathRule[] = [
    { paths: ['training/vendor/**'], effect: 'nothing' },
    { paths: ['training/**', 'shared/**'], effect: 'train', models: ['early', 'unheard-of'] },
    { paths: ['models/*/app/**'], effect: 'serving' },
    { paths: ['models/late/ratchet.yaml'], effect: 'nothing' },
    { paths: ['**/*.cfg'], effect: 'apply' },
    { paths: ['**/*.sql', 'other/**'], effect: 'train' },
    { paths: ['**'], effect: 'nothing' },
  ];

  it.each([
    ['training/vendor/lib.py', 'nothing', [], 'rule 1 of ratchet.project.yaml'],
    ['training/train.py', 'train', ['early'], 'rule 2 of ratchet.project.yaml'],
    ['shared/rows.py', 'train', ['early'], 'rule 2 of ratchet.project.yaml'],
    ['models/late/app/main.py', 'serving', ['late'], 'rule 3 of ratchet.project.yaml'],
    ['models/late/ratchet.yaml', 'nothing', [], 'rule 4 of ratchet.project.yaml'],
    ['any.cfg', 'apply', [], 'rule 5 of ratchet.project.yaml'],
    ['tables/flights.sql', 'train', ['late'], 'rule 6 of ratchet.project.yaml'],
    ['other/x', 'nothing', [], 'rule 6 of ratchet.project.yaml, and no model is made of it'],
    ['models/late/policy.yaml', 'nothing', [], 'rule 7 of ratchet.project.yaml'],
    ['ratchet.project.yaml', 'apply', [], 'it configures the project'],
  ])('come before those of the platform: %s leads to %s of %j', (path, effect, models, because) => {
    expect(effectOf(path, { rules })).toMatchObject({ effect, models, because });
  });
});

describe('models in folders of each other', () => {
  const root: ChangedPaths['lines'][number] = {
    model: 'root',
    path: '.',
    parts: ['.', './training'],
    triggers: { push: { paths: [] } },
  };
  const lines = [root, line('late', [])];

  it.each([
    ['examples.sql', 'train', ['root']],
    ['ratchet.yaml', 'train', ['root']],
    ['training/train.py', 'train', ['root']],
    ['serving/app.py', 'serving', ['root']],
    ['models/late/examples.sql', 'train', ['late']],
    ['models/late/ratchet.yaml', 'train', ['late']],
    ['models/late/serving/app.py', 'serving', ['late']],
    ['models/late/policy.yaml', 'apply', []],
    ['docs/a', 'nothing', []],
  ])('%s leads to %s of %j, the innermost', (path, effect, models) => {
    expect(effectOf(path, { lines })).toMatchObject({ effect, models });
  });
});

describe('a change of many files', () => {
  it('tells each file once, and twenty of them a model', () => {
    const files = Array.from({ length: 50 }, (_, at) => `training/${at}.py`);
    const { train, files: told } = pathEffects({ ...project, files });
    expect(train).toEqual([{ model: 'late', paths: files.slice(0, 20), files: 50 }]);
    expect(told.map(({ path }) => path)).toEqual(files);
  });

  it('of 10,000 files over 200 models and a thousand rules takes well under the goal of a plan', () => {
    const lines = Array.from({ length: 200 }, (_, at) =>
      line(`m${at}`, [`training/m${at}`, 'tables/shared.yaml'], {
        paths: [`shared/m${at}/**`, `**/*.m${at}`],
      }),
    );
    const rules: PathRule[] = Array.from({ length: 100 }, (_, at) => ({
      paths: Array.from({ length: 10 }, (__, other) => `vendor/${at}/${other}/**/*.py`),
      effect: 'nothing',
    }));
    const files = Array.from({ length: 10_000 }, (_, at) => `training/m${at % 200}/lib/part-${at}/rows.py`);
    const since = performance.now();
    const { train } = pathEffects({ ...project, lines, rules, files });
    const tookMs = performance.now() - since;
    expect(train.map(({ files: count }) => count)).toEqual(Array(200).fill(50));
    expect(tookMs).toBeLessThan(5000);
  });

  it('with the worst patterns that a configuration can have ends all the same', () => {
    const lines = Array.from({ length: 200 }, (_, at) =>
      line(`m${at}`, [], { paths: Array.from({ length: 20 }, (__, n) => `**/*a*a*a*${at}-${n}`) }),
    );
    const files = Array.from({ length: 1000 }, (_, at) => `${'aaaaaaaa/'.repeat(10)}${'a'.repeat(100)}${at}`);
    const since = performance.now();
    expect(pathEffects({ ...project, lines, files }).train).toEqual([]);
    expect(performance.now() - since).toBeLessThan(10_000);
  });

  it('leads to one effect a file, to models that there are, and to no more where files are taken away', () => {
    const path = fc.constantFrom(
      'training/a.py',
      'tables/flights.yaml',
      'models/late/serving/a.py',
      'models/early/x',
      'docs/labels.md',
      'notebooks/n',
      'policy.yaml',
      'quiet-training/q',
      'elsewhere/x',
    );
    fc.assert(
      fc.property(fc.uniqueArray(path), fc.uniqueArray(path), (some, others) => {
        const less = pathEffects({ ...project, files: some });
        const more = pathEffects({ ...project, files: [...new Set([...some, ...others])] });
        const names = ({ train, suppressed }: typeof less) =>
          [...train, ...suppressed].map(({ model }) => model);
        expect(names(more)).toEqual(expect.arrayContaining(names(less)));
        expect(more.apply || !less.apply).toBe(true);
        expect(less.files.map((file) => file.path)).toEqual(some);
        for (const { effect, models } of more.files)
          expect(models.length > 0).toBe(effect === 'train' || effect === 'serving');
      }),
    );
  });
});
