import { describe, expect, it } from 'vitest';
import { cvssBaseScore } from '../../../domain/supply/cvss.js';
import type { SoftwarePackage } from '../../../domain/supply/inventory.js';
import { indexPackages, matchEntry } from '../../../domain/supply/osv/match-entry.js';
import type { OsvAffected, OsvEntry, OsvEvent } from '../../../domain/supply/osv/osv-entry.js';

const npm = (version: string): SoftwarePackage => ({ ecosystem: 'npm', name: 'left', version, place: 'x' });
const about = (affected: Partial<OsvAffected>, entry: Partial<OsvEntry> = {}): OsvEntry => ({
  id: 'RATCHET-SAMPLE-1',
  modified: '2026-01-01T00:00:00Z',
  affected: [{ package: { ecosystem: 'npm', name: 'left' }, ...affected }],
  ...entry,
});
const range = (...events: OsvEvent[]): Partial<OsvAffected> => ({ ranges: [{ type: 'SEMVER', events }] });

/** What an advisory says about some versions of a package. */
function answers(entry: OsvEntry, ...versions: string[]): unknown[] {
  return versions.map((version) => {
    const { findings, unclear } = matchEntry(entry, indexPackages([npm(version)]));
    return unclear.length > 0 ? 'unclear' : (findings[0]?.fix ?? 'safe');
  });
}

describe('a version is affected', () => {
  it('from where the fault came in to where it was mended', () => {
    const entry = about(
      range({ introduced: '1.0.0' }, { fixed: '1.2.0' }, { introduced: '2.0.0-rc.1' }, { fixed: '2.0.3' }),
    );
    expect(
      answers(entry, '0.9.9', '1.0.0', '1.1.9', '1.2.0', '1.9.0', '2.0.0-rc.1', '2.0.2', '2.0.3'),
    ).toEqual([
      'safe',
      { version: '1.2.0' },
      { version: '1.2.0' },
      'safe',
      'safe',
      { version: '2.0.3' },
      { version: '2.0.3' },
      'safe',
    ]);
  });

  it('from the beginning, whatever the order of the events', () => {
    expect(answers(about(range({ fixed: '1.2.0' }, { introduced: '0' })), '0.0.1', '1.2.0')).toEqual([
      { version: '1.2.0' },
      'safe',
    ]);
    expect(answers(about(range({ introduced: '0' })), '7.0.0')).toEqual(['none']);
  });

  it('up to the last that is', () => {
    expect(answers(about(range({ introduced: '0' }, { last_affected: '1.2.0' })), '1.2.0', '1.2.1')).toEqual([
      'none',
      'safe',
    ]);
  });

  it('where it is listed, whatever the ranges say', () => {
    expect(
      answers(
        about({ versions: ['3.0.0'], ...range({ introduced: '1.0.0' }, { fixed: '1.1.0' }) }),
        '3.0.0',
        '3.0.1',
      ),
    ).toEqual(['none', 'safe']);
  });
});

describe('nobody can say', () => {
  it('of a version, a bound, or an advisory that cannot be read', () => {
    expect(answers(about(range({ introduced: '1.0.0' })), 'main')).toEqual(['unclear']);
    expect(answers(about(range({ introduced: 'next' })), '1.0.0')).toEqual(['unclear']);
    expect(answers(about({}), '1.0.0')).toEqual(['unclear']);
    expect(answers(about({ ranges: [{ type: 'GIT', events: [{ introduced: '0' }] }] }), '1.0.0')).toEqual([
      'unclear',
    ]);
  });
});

describe('an advisory', () => {
  it('that was withdrawn, or is about another package, says nothing', () => {
    expect(
      answers(about(range({ introduced: '0' }), { withdrawn: '2026-01-02T00:00:00Z' }), '1.0.0'),
    ).toEqual(['safe']);
    expect(
      answers(
        about({ package: { ecosystem: 'PyPI', name: 'left' }, ...range({ introduced: '0' }) }),
        '1.0.0',
      ),
    ).toEqual(['safe']);
  });

  it('about a system is about the source of a package, in its release', () => {
    const installed: SoftwarePackage = {
      ecosystem: 'Debian:12',
      name: 'libssl3',
      version: '3.0.11-1~deb12u1+b1',
      source: { name: 'openssl', version: '3.0.11-1~deb12u1' },
      place: 'x',
    };
    const told = (ecosystem: string) =>
      matchEntry(
        about({
          package: { ecosystem, name: 'openssl' },
          ranges: [{ type: 'ECOSYSTEM', events: [{ introduced: '0' }, { fixed: '3.0.11-1~deb12u2' }] }],
        }),
        indexPackages([installed]),
      ).findings;
    expect(told('Debian:12')).toMatchObject([
      { package: { name: 'libssl3' }, fix: { version: '3.0.11-1~deb12u2' } },
    ]);
    expect(told('Debian')).toHaveLength(1);
    expect(told('Debian:11')).toEqual([]);
  });

  it('names a Python package in any spelling', () => {
    const entry = about({
      package: { ecosystem: 'PyPI', name: 'Jinja_2' },
      ranges: [{ type: 'ECOSYSTEM', events: [{ introduced: '0' }] }],
    });
    expect(
      matchEntry(entry, indexPackages([{ ecosystem: 'PyPI', name: 'jinja-2', version: '3.1', place: 'x' }]))
        .findings,
    ).toHaveLength(1);
  });

  it('is rated by its worst vector or word, and by nobody where it has neither', () => {
    const rated = (entry: Partial<OsvEntry>, affected: Partial<OsvAffected> = {}) =>
      matchEntry(about({ ...range({ introduced: '0' }), ...affected }, entry), indexPackages([npm('1.0.0')]))
        .findings[0]?.severity;
    const vector = { type: 'CVSS_V3', score: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:R/S:C/C:L/I:L/A:N' };
    expect(rated({ severity: [vector] })).toBe('medium');
    expect(rated({ severity: [vector], database_specific: { severity: 'CRITICAL' } })).toBe('critical');
    expect(rated({ severity: [{ type: 'CVSS_V4', score: 'CVSS:4.0/AV:N' }] })).toBe('unknown');
    expect(rated({}, { ecosystem_specific: { urgency: 'unimportant' } })).toBe('low');
    expect(rated({}, { database_specific: { severity: 'constructor' } })).toBe('unknown');
  });
});

describe('the base score of CVSS v3', () => {
  // Examples of the FIRST calculator and of NVD.
  it.each([
    ['CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H', 9.8],
    ['CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H', 10],
    ['CVSS:3.0/AV:N/AC:L/PR:N/UI:R/S:C/C:L/I:L/A:N', 6.1],
    ['CVSS:3.1/AV:L/AC:L/PR:L/UI:N/S:U/C:H/I:H/A:H', 7.8],
    ['CVSS:3.1/AV:N/AC:H/PR:N/UI:N/S:U/C:H/I:N/A:N', 5.9],
    ['CVSS:3.1/AV:N/AC:L/PR:L/UI:N/S:C/C:L/I:L/A:N', 6.4],
    ['CVSS:3.1/AV:P/AC:H/PR:H/UI:R/S:U/C:L/I:N/A:N', 1.6],
    ['CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:N', 0],
  ])('%s is %d', (vector, score) => {
    expect(cvssBaseScore(vector)).toBe(score);
  });

  it.each([
    '',
    'CVSS:4.0/AV:N',
    'CVSS:3.1',
    'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H',
    'CVSS:3.1/AV:X/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H',
    'AV:N/AC:L/Au:N/C:P/I:P/A:P',
  ])('of "%s" is none', (vector) => {
    expect(cvssBaseScore(vector)).toBeUndefined();
  });
});
