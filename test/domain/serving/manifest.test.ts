import { describe, expect, it } from 'vitest';
import {
  answeringVersion,
  type ManifestModel,
  manifestProblem,
  type ServingManifest,
} from '../../../domain/serving/manifest.js';
import {
  coveredPart,
  parseModelReference,
  parseModelReferences,
} from '../../../domain/serving/model-reference.js';
import { nextManifest } from '../../../domain/serving/next-manifest.js';

const modelOf = (
  version: number,
  alias: string | null = null,
  more: Partial<ManifestModel> = {},
): ManifestModel => ({
  project: 'p',
  model: 'm',
  version,
  sha256: String(version).repeat(64),
  bytes: 100,
  alias,
  ...more,
});
const manifestOf = (
  models: readonly ManifestModel[],
  more: Partial<ServingManifest> = {},
): ServingManifest => ({
  version: 1,
  models,
  revision: null,
  endpoint: null,
  defaultModel: null,
  application: null,
  ...more,
});

describe('a reference to a model', () => {
  it('leads to an alias, or to a number', () => {
    expect(parseModelReference('p/m@champion')).toEqual({
      project: 'p',
      model: 'm',
      wanted: { alias: 'champion' },
    });
    expect(parseModelReference('p/m@12')).toEqual({ project: 'p', model: 'm', wanted: { version: 12 } });
  });

  it.each([
    'p/m',
    'm@1',
    'p/m@',
    'p/m@0',
    'p/m@01',
    'p/m@Champion',
    'p/m/n@1',
    'p/m@1@2',
    '/m@1',
    '',
    'p/m @1',
  ])('is not "%s"', (text) => {
    expect(() => parseModelReference(text)).toThrow(
      /it is written as <project>\/<model>@<alias or version>$/,
    );
  });

  it('is refused beside another that would have its name', () => {
    expect(() => parseModelReferences(['b/m@1', 'a/n@1', 'a/m@1'])).toThrow(
      'two models would be served as "m": a/m and b/m',
    );
    expect(() => parseModelReferences(['a/m@1', 'a/m@champion'])).toThrow('the model a/m is named twice');
  });
});

describe('a manifest', () => {
  it('answers with the version of the alias, or else with the highest', () => {
    expect(answeringVersion([modelOf(2), modelOf(10), modelOf(1, 'champion')], 'm')?.version).toBe(1);
    expect(answeringVersion([modelOf(2), modelOf(10), modelOf(11, null, { model: 'n' })], 'm')?.version).toBe(
      10,
    );
    expect(answeringVersion([], 'm')).toBeUndefined();
  });

  it.each([
    [[modelOf(1), modelOf(2, null, { project: 'q' })], 'two models would be served as "m": p/m and q/m'],
    [[modelOf(1), modelOf(1, 'champion')], 'version 1 of p/m is there twice'],
    [[modelOf(1, 'a'), modelOf(2, 'b')], 'aliases lead to two versions of p/m: a and b'],
    [[modelOf(1, 'a'), modelOf(2)], null],
    [[], null],
  ])('%# has a problem that is named, or none', (models, problem) => {
    expect(manifestProblem(manifestOf(models))).toBe(problem);
  });

  it('has its default model among its models', () => {
    expect(manifestProblem(manifestOf([modelOf(1)], { defaultModel: 'm' }))).toBeNull();
    expect(manifestProblem(manifestOf([modelOf(1)], { defaultModel: 'n' }))).toBe(
      'there is no model "n", the default one',
    );
  });

  it('that follows another keeps the version before warm, one step back, also where it goes back', () => {
    const versions = (manifest: ServingManifest) => manifest.models.map((m) => [m.version, m.alias]);
    const first = nextManifest(null, [modelOf(1, 'champion')], null);
    const second = nextManifest(first, [modelOf(2, 'champion')], null);
    const third = nextManifest(second, [modelOf(3, 'champion')], 'm');
    expect([first, second, third].map(versions)).toEqual([
      [[1, 'champion']],
      [
        [2, 'champion'],
        [1, null],
      ],
      [
        [3, 'champion'],
        [2, null],
      ],
    ]);
    expect(nextManifest(third, [modelOf(3, 'champion')], 'm')).toEqual(third);
    expect(versions(nextManifest(third, [modelOf(2, 'champion')], null))).toEqual([
      [2, 'champion'],
      [3, null],
    ]);
    expect(versions(nextManifest(third, [modelOf(2)], null))).toEqual([[2, null]]);
    const other = modelOf(1, 'champion', { model: 'n' });
    expect(versions(nextManifest(third, [other], null))).toEqual([[1, 'champion']]);
  });

  it('that is remembered stands for references only where it says of all where they lead', () => {
    const remembered = manifestOf([modelOf(2, 'champion'), modelOf(1), modelOf(7, 'a', { model: 'n' })]);
    const part = (...texts: string[]) => coveredPart(parseModelReferences(texts), remembered)?.models;
    expect(part('p/m@champion')).toEqual(remembered.models.slice(0, 2));
    expect(part('p/m@1')).toEqual([modelOf(1)]);
    expect(part('p/m@2')).toEqual([modelOf(2)]);
    expect(part('p/m@champion', 'p/n@b')).toBeUndefined();
    expect(part('q/m@champion')).toBeUndefined();
    expect(part('p/m@3')).toBeUndefined();
  });
});
