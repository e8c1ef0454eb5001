import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { type BomFacts, imageBom } from '../../../domain/supply/bom/image-bom.js';
import type { ModelLineage } from '../../../domain/supply/bom/model-component.js';
import { packageUrl } from '../../../domain/supply/bom/purl.js';
import type { OperatingSystem } from '../../../domain/supply/inventory.js';

const require = createRequire(import.meta.url);
const library = require.resolve('@cyclonedx/cyclonedx-library/package.json');
const schemaOf = (name: string) =>
  JSON.parse(readFileSync(join(dirname(library), `res/schema/${name}.SNAPSHOT.schema.json`), 'utf8'));

function createValidator() {
  const ajv = new Ajv({ strict: false, allErrors: true });
  for (const name of ['spdx', 'jsf-0.82', 'cryptography-defs'])
    ajv.addSchema(schemaOf(name), `http://cyclonedx.org/schema/${name}.SNAPSHOT.schema.json`);
  formats.default(ajv);
  // Formats that the library of formats has no check for; we write no field that has one.
  for (const format of ['iri-reference', 'idn-email', 'iri']) ajv.addFormat(format, true);
  return ajv.compile(schemaOf('bom-1.6'));
}
const validate = createValidator();

const debian: OperatingSystem = { id: 'debian', version: '12', name: 'Debian GNU/Linux 12' };
const lineage: ModelLineage = {
  model: 'flights/late-arrival',
  version: 3,
  sha256: 'a'.repeat(64),
  task: 'classification',
  algorithm: 'gradient-boosting',
  intendedUse: 'to tell passengers',
  limits: ['not for other airports'],
  datasets: [{ name: 'flights', version: 2, digest: 'c'.repeat(64) }],
  inputs: ['distance DOUBLE [-1]'],
  outputs: ['probability FP32 [-1, 2]'],
  metrics: { rocAuc: 0.7175, brier: 0.13 },
};
const facts: BomFacts = {
  imageDigest: `sha256:${'d'.repeat(64)}`,
  manifestDigest: `sha256:${'e'.repeat(64)}`,
  name: 'app:1',
  inventory: {
    operatingSystem: debian,
    packages: [
      {
        ecosystem: 'Debian:12',
        name: 'libssl3',
        version: '1:3.0+a-1',
        source: { name: 'openssl', version: '3.0-1' },
        architecture: 'amd64',
        place: 'var/lib/dpkg/status',
      },
      { ecosystem: 'npm', name: '@scope/left', version: '1.0.0', place: 'x' },
      { ecosystem: 'PyPI', name: 'jinja-2', version: '3.1', place: 'y' },
    ],
    models: [
      { place: 'app/model.onnx', sha256: 'a'.repeat(64), bytes: 7 },
      { place: 'app/other.onnx', sha256: 'f'.repeat(64), bytes: 7 },
    ],
    gaps: [],
  },
  models: [lineage, { ...lineage, version: 4, sha256: 'b'.repeat(64) }],
};

describe('a bill of materials', () => {
  it.each<[string, Partial<BomFacts>]>([
    ['of everything', {}],
    ['of an image that was not pushed', { manifestDigest: null }],
    [
      'of nothing at all',
      { inventory: { operatingSystem: null, packages: [], models: [], gaps: ['a gap'] }, models: [] },
    ],
  ])('%s is CycloneDX 1.6, by its schema', (_, changed) => {
    validate(imageBom({ ...facts, ...changed }));
    expect(validate.errors).toBeNull();
  });

  it('would not pass the schema with a component of no type', () => {
    expect(validate({ ...imageBom(facts), components: [{ type: 'model', name: 'x' }] })).toBe(false);
  });

  it('names system, packages, and models in the image and beside it, each once and by digest', () => {
    const { components } = imageBom(facts) as {
      components: { type: string; 'bom-ref': string; version?: string; modelCard?: object }[];
    };
    expect(components.map((one) => [one.type, one['bom-ref'], one.version])).toEqual([
      ['operating-system', 'os:debian', '12'],
      ['library', 'pkg:deb/debian/libssl3@1:3.0%2Ba-1?arch=amd64&distro=debian-12', '1:3.0+a-1'],
      ['library', 'pkg:npm/%40scope/left@1.0.0', '1.0.0'],
      ['library', 'pkg:pypi/jinja-2@3.1', '3.1'],
      ['machine-learning-model', `model:sha256:${'a'.repeat(64)}`, '3'],
      ['machine-learning-model', `model:sha256:${'f'.repeat(64)}`, undefined],
      ['machine-learning-model', `model:sha256:${'b'.repeat(64)}`, '4'],
    ]);
    expect(components.map(({ modelCard }) => modelCard !== undefined)).toEqual([
      false,
      false,
      false,
      false,
      true,
      false,
      true,
    ]);
  });

  it('is the same for the same facts, and says where it lacks something', () => {
    expect(JSON.stringify(imageBom(facts))).toBe(JSON.stringify(imageBom(structuredClone(facts))));
    const lacking = imageBom({ ...facts, inventory: { ...facts.inventory, gaps: ['a gap'] } });
    expect(lacking).toMatchObject({ compositions: [{ aggregate: 'incomplete' }] });
  });
});

it('a package of Alpine has its own kind of address', () => {
  const found = { ecosystem: 'Alpine:v3.20', name: 'musl', version: '1.2.5-r0', place: 'x' };
  expect(packageUrl(found, { id: 'alpine', version: '3.20.3', name: '' })).toBe(
    'pkg:apk/alpine/musl@1.2.5-r0?distro=alpine-3.20.3',
  );
});
