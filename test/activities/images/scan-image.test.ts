import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readImage } from '../../../activities/images/read-image.js';
import { readReport } from '../../../activities/images/reports/read-report.js';
import { scanImage } from '../../../activities/images/scan-image.js';
import { parseImagePolicy } from '../../../domain/supply/policy/parse-image-policy.js';
import { debian, dpkgStatus, goodConfig, type MadeImage, npmPackage, writeImage } from './make-image.js';

const sample = join(import.meta.dirname, '../../../examples/flight-delay/sample-advisories');
const policy = parseImagePolicy('version: 1\ndatabase: { oldest: 900 days }\n', 'image-policy.yaml');
const now = '2026-11-28T12:00:00Z';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'scans '));
});
afterEach(() => rm(folder, { recursive: true }));

async function scanned(image: MadeImage, changed: Partial<Parameters<typeof scanImage>[0]> = {}) {
  const read = await readImage(await writeImage(folder, image));
  return await scanImage({ image: read, database: sample, policy, reports: [], now, ...changed });
}

const clean: MadeImage = { layers: [[debian, dpkgStatus('bash 5.2-1')], [npmPackage('hono', '4.13.19')]] };
const withLeft = (version: string): MadeImage => ({
  layers: [...clean.layers, [npmPackage('ratchet-sample-parser', version)]],
});

describe('the scan of an image', () => {
  it('passes one that is in order, with the advisories of the sample', async () => {
    const scan = await scanned(clean);
    expect([scan.verdict, scan.findings, scan.packages]).toEqual(['pass', [], 2]);
    expect(scan.database).toMatchObject({ kind: 'read', missing: [], unclear: [] });
  });

  it('refuses a package with a critical advisory, and not the version that mends it', async () => {
    const scan = await scanned(withLeft('1.1.9'));
    expect(scan.verdict).toBe('fail');
    expect(scan.findings).toMatchObject([
      {
        id: 'RATCHET-SAMPLE-2026-0001',
        severity: 'critical',
        package: { name: 'ratchet-sample-parser' },
        fix: { version: '1.2.0' },
      },
    ]);
    expect((await scanned(withLeft('1.2.0'))).verdict).toBe('pass');
  });

  it('finds a Debian package by its source', async () => {
    const scan = await scanned({
      layers: [[debian, dpkgStatus('ratchet-sample-tools 2.0-1 ratchet-sample-lib')]],
    });
    expect(scan.findings).toMatchObject([
      { id: 'RATCHET-SAMPLE-2026-0002', severity: 'high', fix: { version: '2.0-1+deb12u1' } },
    ]);
  });

  it('leaves the verdict open without advisories, of old ones, and of an image that nobody can read in full', async () => {
    expect((await scanned(clean, { database: null })).verdict).toBe('inconclusive');
    expect((await scanned(clean, { now: '2032-01-01T00:00:00Z' })).verdict).toBe('inconclusive');
    expect(
      (
        await scanned({
          layers: [...clean.layers, [{ name: 'x/node_modules/y/package.json', content: '{' }]],
        })
      ).verdict,
    ).toBe('inconclusive');
    expect((await scanned({ layers: [[npmPackage('hono', '4.13.19')]] })).reasons).toContainEqual(
      expect.objectContaining({ rule: 'operating-system', verdict: 'inconclusive' }),
    );
    expect((await scanned({ layers: [] })).verdict).toBe('inconclusive');
  });

  it('tells of the first ten thousand faults, and judges all', async () => {
    const open = Array.from({ length: 10_001 }, (_, at) => ({ name: `x/${at}`, mode: 0o666 }));
    const scan = await scanned({ layers: [...clean.layers, open] });
    expect([scan.findings.length, scan.findingsLeftOut]).toEqual([10_000, 1]);
    expect(scan.reasons).toContainEqual(expect.objectContaining({ rule: 'writable-by-all', actual: 10_001 }));
  });

  it('is an error where the advisories are broken', async () => {
    await mkdir(join(folder, 'npm'));
    await writeFile(join(folder, 'npm/all.zip'), 'no archive');
    expect((await scanned(clean, { database: folder })).verdict).toBe('error');
  });

  it('refuses secrets, also in a layer whose file is deleted, and faults of the configuration', async () => {
    const key = { name: 'root/.ssh/id_rsa', content: '-----BEGIN RSA PRIVATE KEY-----\nMIIE' };
    const secret = await scanned({ layers: [...clean.layers, [key], [{ name: 'root/.ssh/.wh.id_rsa' }]] });
    expect([secret.verdict, secret.findings.map(({ id }) => id)]).toEqual(['fail', ['private-key']]);
    const root = await scanned({ ...clean, config: { ...goodConfig, User: '' } });
    expect([root.verdict, root.findings.map(({ id }) => id)]).toEqual(['fail', ['root-user']]);
  });

  it('refuses a base that is a tag only, unless the builder knows it by digest', async () => {
    const image = {
      ...clean,
      config: { ...goodConfig, Labels: { 'org.opencontainers.image.base.name': 'debian:12' } },
    };
    expect((await scanned(image)).findings.map(({ id }) => id)).toEqual(['base-by-tag']);
    expect((await scanned(image, { base: `debian@sha256:${'b'.repeat(64)}` })).verdict).toBe('pass');
    expect((await scanned(clean, { base: 'debian:12' })).verdict).toBe('fail');
  });
});

describe('the report of another scanner', () => {
  const sarif = (results: unknown, changed: object = {}) =>
    JSON.stringify({
      version: '2.1.0',
      runs: [
        {
          tool: {
            driver: {
              name: 'Trivy',
              rules: [
                { id: 'CVE-2026-7', properties: { 'security-severity': '9.8', tags: ['vulnerability'] } },
                { id: 'DS002', defaultConfiguration: { level: 'error' } },
              ],
            },
          },
          results,
          ...changed,
        },
      ],
    });
  const found = {
    ruleId: 'CVE-2026-7',
    level: 'error',
    message: { text: 'a fault' },
    locations: [{ physicalLocation: { artifactLocation: { uri: 'lib/x' } } }],
  };
  const bom = (more: object) =>
    JSON.stringify({
      bomFormat: 'CycloneDX',
      specVersion: '1.5',
      metadata: { tools: [{ name: 'grype' }] },
      ...more,
    });

  it('in SARIF counts like our own, by its number and not by its level', async () => {
    const report = readReport(
      sarif([
        found,
        { ruleId: 'DS002', message: { text: 'no user' }, suppressions: [{ kind: 'external' }] },
        { ruleId: 'DS002', kind: 'pass', message: {} },
      ]),
      'a.sarif',
    );
    expect(report).toMatchObject({
      scanner: 'trivy',
      findings: [
        { kind: 'vulnerability', id: 'CVE-2026-7', severity: 'critical', fix: 'unknown', place: 'lib/x' },
        { kind: 'configuration', id: 'DS002', severity: 'high' },
      ],
    });
    expect((await scanned(clean, { reports: [report] })).verdict).toBe('fail');
  });

  it('in CycloneDX counts for each package that it names, whatever its analysis says', async () => {
    const report = readReport(
      bom({
        components: [{ 'bom-ref': 'r1', name: 'left', version: '1.0.0', purl: 'pkg:npm/left@1.0.0' }],
        vulnerabilities: [
          {
            id: 'CVE-2026-8',
            ratings: [{ severity: 'medium' }, { score: 9.1 }],
            affects: [{ ref: 'r1' }, { ref: 'r2' }],
            analysis: { state: 'false_positive' },
          },
          { id: 'CVE-2026-9' },
        ],
      }),
      'a.json',
    );
    expect(report).toMatchObject({
      scanner: 'grype',
      findings: [
        {
          id: 'CVE-2026-8',
          severity: 'critical',
          package: { ecosystem: 'npm', name: 'left', version: '1.0.0' },
        },
        { id: 'CVE-2026-8', package: null, place: 'r2' },
        { id: 'CVE-2026-9', severity: 'unknown', package: null },
      ],
    });
  });

  it('of nothing is a scanner that looked', async () => {
    const strict = parseImagePolicy('version: 1\nscanners: [trivy]\n', 'p');
    const report = readReport(sarif([]), 'a');
    expect((await scanned(clean, { policy: strict, reports: [report], database: null })).verdict).toBe(
      'pass',
    );
    expect((await scanned(clean, { policy: strict, database: null })).verdict).toBe('inconclusive');
  });

  it.each<[string, string, RegExp]>([
    ['text', 'hello', /no JSON/],
    ['JSON of something else', '{"a":1}', /no report of a scanner/],
    ['a list', '[]', /no report of a scanner/],
    ['another version of SARIF', sarif([]).replace('2.1.0', '1.0.0'), /SARIF 1.0.0, allowed is 2.1/],
    ['a run without results', sarif(undefined), /did not look/],
    [
      'a run that failed',
      sarif([], { invocations: [{ executionSuccessful: false }] }),
      /says that trivy failed/,
    ],
    ['a result of another shape', sarif([{ message: 7 }]), /runs\.0\.results\.0\.message/],
    ['a bill of materials without a scan', bom({}), /no report of a scan/],
    [
      'a document of no tool',
      JSON.stringify({ bomFormat: 'CycloneDX', specVersion: '1.5', vulnerabilities: [] }),
      /which tool/,
    ],
  ])('that is %s is refused', (_, text, message) => {
    expect(() => readReport(text, 'report')).toThrow(
      expect.objectContaining({ code: 'REPORT_INVALID', message: expect.stringMatching(message) }),
    );
  });
});
