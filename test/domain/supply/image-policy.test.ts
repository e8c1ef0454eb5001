import { describe, expect, it } from 'vitest';
import { isPinned, readImageReference } from '../../../domain/supply/image-reference.js';
import { judgeScan } from '../../../domain/supply/policy/judge-scan.js';
import { parseImagePolicy } from '../../../domain/supply/policy/parse-image-policy.js';
import type { ScanInput } from '../../../domain/supply/policy/scan-input.js';
import type { Fix, ScanFinding } from '../../../domain/supply/scan-finding.js';
import type { Severity } from '../../../domain/supply/severity.js';

const now = '2026-11-28T12:00:00Z';
const base = `registry.example/base:1@sha256:${'b'.repeat(64)}`;
const policyOf = (text = '') => parseImagePolicy(`version: 1\n${text}`, 'image-policy.yaml');

const clean: ScanInput = {
  findings: [],
  packages: 12,
  hasOperatingSystem: true,
  gaps: [],
  database: { kind: 'read', newestAt: '2026-11-27T12:00:00Z', advisories: 900, missing: [], unclear: [] },
  reports: [],
  base,
  now,
};

function vulnerability(severity: Severity, fix: Fix, changed: Partial<ScanFinding> = {}): ScanFinding {
  const about = { ecosystem: 'npm', name: 'left', version: '1.0.0' };
  return {
    kind: 'vulnerability',
    id: `V-${severity}`,
    aliases: ['CVE-2026-1'],
    severity,
    scanner: 'ratchet',
    package: about,
    fix,
    place: 'x',
    text: '',
    ...changed,
  };
}

const judged = (changed: Partial<ScanInput>, policy = '') =>
  judgeScan({ ...clean, ...changed }, policyOf(policy));
const verdictOf = (changed: Partial<ScanInput>, policy = '') => judged(changed, policy).verdict;
const speaking = (changed: Partial<ScanInput>, policy = '') =>
  judged(changed, policy).reasons.filter(({ verdict }) => verdict !== 'pass');

describe('an image that everything is known of', () => {
  it('passes, and says with which numbers', () => {
    const { verdict, reasons } = judged({});
    expect(verdict).toBe('pass');
    expect(reasons).toContainEqual({
      rule: 'vulnerabilities-critical',
      verdict: 'pass',
      actual: 0,
      limit: 0,
      n: 12,
      text: '0 found, allowed are 0',
    });
    expect(reasons).toContainEqual({
      rule: 'database-age',
      verdict: 'pass',
      actual: 1,
      limit: 7,
      n: 900,
      text: 'the newest advisory is 1 days old, allowed are 7',
    });
  });

  it.each<[Severity, Fix, string]>([
    ['critical', 'none', 'fail'],
    ['critical', { version: '2.0.0' }, 'fail'],
    ['high', { version: '2.0.0' }, 'fail'],
    ['high', 'unknown', 'fail'],
    ['high', 'none', 'pass'],
    ['medium', { version: '2.0.0' }, 'pass'],
    ['low', { version: '2.0.0' }, 'pass'],
    ['unknown', 'none', 'inconclusive'],
  ])('with a vulnerability that is %s, its fix %j, comes to %s', (severity, fix, verdict) => {
    expect(verdictOf({ findings: [vulnerability(severity, fix)] })).toBe(verdict);
  });

  it('is refused with the number, the limit, the sample, and what to update to', () => {
    const findings = [vulnerability('high', { version: '2.0.0' }), vulnerability('high', 'none')];
    expect(speaking({ findings })).toEqual([
      {
        rule: 'vulnerabilities-high',
        verdict: 'fail',
        actual: 1,
        limit: 0,
        n: 12,
        text: '1 found that may have a fix, allowed are 0, such as V-high in left 1.0.0 (fixed in 2.0.0)',
      },
    ]);
  });

  it('is judged as the policy says', () => {
    const findings = [
      vulnerability('medium', 'none'),
      { ...vulnerability('high', 'unknown'), kind: 'secret' as const, id: 'private-key', package: null },
    ];
    expect(
      speaking({ findings }, 'vulnerabilities: { medium: refuse }\nsecrets: allow').map(({ rule }) => rule),
    ).toEqual(['vulnerabilities-medium']);
    expect(speaking({ findings }).map(({ rule }) => rule)).toEqual(['secrets']);
    const root = {
      ...vulnerability('high', 'unknown'),
      kind: 'configuration' as const,
      id: 'root-user',
      package: null,
    };
    expect([
      verdictOf({ findings: [root] }),
      verdictOf({ findings: [root] }, 'configuration: { root-user: ask }'),
    ]).toEqual(['fail', 'inconclusive']);
    const foreign = { ...root, id: 'DS002', scanner: 'trivy' };
    expect(speaking({ findings: [foreign] })).toMatchObject([{ rule: 'checks-high', verdict: 'fail' }]);
  });

  it('may be built on a base of the list alone, known by its digest', () => {
    const list = (digit: string) => `bases: ["mirror.example/base@sha256:${digit.repeat(64)}"]`;
    expect([
      verdictOf({}, list('b')),
      verdictOf({}, list('c')),
      verdictOf({ base: null }, list('b')),
    ]).toEqual(['pass', 'fail', 'fail']);
  });
});

describe('what is not known never passes', () => {
  it.each<[string, Partial<ScanInput>, string, string]>([
    ['no database', { database: { kind: 'absent' } }, 'inconclusive', 'database'],
    [
      'a database that is broken',
      { database: { kind: 'broken', reason: 'it is broken' } },
      'error',
      'database',
    ],
    [
      'an old database',
      {
        database: { kind: 'read', newestAt: '2026-11-20T00:00:00Z', advisories: 1, missing: [], unclear: [] },
      },
      'inconclusive',
      'database-age',
    ],
    [
      'a database of tomorrow',
      {
        database: { kind: 'read', newestAt: '2027-11-20T00:00:00Z', advisories: 1, missing: [], unclear: [] },
      },
      'inconclusive',
      'database-age',
    ],
    [
      'a database without an age',
      { database: { kind: 'read', newestAt: null, advisories: 0, missing: [], unclear: [] } },
      'inconclusive',
      'database-age',
    ],
    [
      'an ecosystem without advisories',
      { database: { kind: 'read', newestAt: now, advisories: 1, missing: ['npm'], unclear: [] } },
      'inconclusive',
      'database',
    ],
    [
      'advisories that cannot be applied',
      { database: { kind: 'read', newestAt: now, advisories: 1, missing: [], unclear: ['A about b 1'] } },
      'inconclusive',
      'advisories',
    ],
    ['a file that could not be read', { gaps: ['/x is a link'] }, 'inconclusive', 'inventory'],
    ['no package at all', { packages: 0 }, 'inconclusive', 'inventory'],
    ['no operating system', { hasOperatingSystem: false }, 'inconclusive', 'operating-system'],
  ])('%s', (_, changed, verdict, rule) => {
    expect(speaking(changed)).toMatchObject([{ verdict, rule }]);
    expect(verdictOf(changed)).toBe(verdict);
  });

  it('a scanner that must have looked and has not', () => {
    const policy = 'scanners: [ratchet, trivy]';
    expect(speaking({}, policy)).toMatchObject([
      { rule: 'scanners', verdict: 'inconclusive', text: 'there is no report of trivy' },
    ]);
    expect(verdictOf({ reports: ['trivy'] }, policy)).toBe('pass');
    expect(verdictOf({ reports: ['trivy'], database: { kind: 'absent' } }, 'scanners: [trivy]')).toBe('pass');
    expect(verdictOf({}, 'scanners: []')).toBe('inconclusive');
  });

  it('a no weighs more than what is not known', () => {
    expect(verdictOf({ findings: [vulnerability('critical', 'none')], database: { kind: 'absent' } })).toBe(
      'fail',
    );
  });
});

describe('an exception', () => {
  const of = (more: string) =>
    `exceptions: [{ id: CVE-2026-1, owner: dana, reason: never called by us, ${more} }]`;
  const findings = [vulnerability('critical', 'none')];

  it('lets a finding stay through its last day, by any of its names', () => {
    const { verdict, excepted } = judged({ findings }, of('until: 2026-11-28'));
    expect([verdict, excepted]).toMatchObject([
      'pass',
      [{ finding: { id: 'V-critical' }, exception: { owner: 'dana' } }],
    ]);
  });

  it('counts for nothing after it, and is named', () => {
    const { verdict, reasons, excepted } = judged({ findings }, of('until: 2026-11-27'));
    expect([verdict, excepted]).toEqual(['fail', []]);
    expect(reasons).toContainEqual(
      expect.objectContaining({
        rule: 'exceptions',
        text: 'the exception for CVE-2026-1 of dana ended on 2026-11-27 and counts for nothing',
      }),
    );
  });

  it('covers only the package and the file that it names', () => {
    expect(verdictOf({ findings }, of('package: left, until: 2027-01-01'))).toBe('pass');
    expect(verdictOf({ findings }, of('package: right, until: 2027-01-01'))).toBe('fail');
    expect(verdictOf({ findings }, of('path: y, until: 2027-01-01'))).toBe('fail');
  });

  it('needs an owner, a reason and an end', () => {
    for (const missing of [
      'exceptions: [{ id: a, owner: b, reason: long enough it is }]',
      'exceptions: [{ id: a, reason: long enough it is, until: 2026-11-28 }]',
      'exceptions: [{ id: a, owner: b, reason: short, until: 2026-11-28 }]',
    ])
      expect(() => policyOf(missing)).toThrow(expect.objectContaining({ code: 'CONFIG_INVALID' }));
  });
});

describe('a base that is a tag only', () => {
  it.each([
    'debian:12',
    'debian',
    'registry.example:5000/team/base:1',
    `debian@sha256:${'b'.repeat(63)}`,
    'debian@sha256:latest',
    `debian@sha512:${'b'.repeat(64)}`,
    '',
  ])('is refused in a configuration: "%s"', (name) => {
    expect(isPinned(name)).toBe(false);
    expect(() => policyOf(`bases: ["${name}"]`)).toThrow(/bases\[0\] is .* allowed is an image by digest/);
  });

  it('is told from one by digest', () => {
    const digest = `sha256:${'b'.repeat(64)}`;
    expect(readImageReference(`localhost:5000/a/b:1@${digest}`)).toEqual({
      repository: 'localhost:5000/a/b',
      tag: '1',
      digest,
    });
    expect(readImageReference('debian')).toEqual({ repository: 'debian', tag: 'latest', digest: null });
    expect([isPinned(digest), isPinned(`x@${digest}`), isPinned(`${digest}0`)]).toEqual([true, true, false]);
    for (const text of ['UPPER', 'a b', '-x', '--privileged', 'a//b', `a${'b'.repeat(600)}`, 'a@b@c', '../x'])
      expect(readImageReference(text)).toBeUndefined();
  });
});
