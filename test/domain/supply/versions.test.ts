import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareAlpine } from '../../../domain/supply/versions/alpine.js';
import { compareDebian } from '../../../domain/supply/versions/debian.js';
import { comparePep440 } from '../../../domain/supply/versions/pep-440.js';
import { compareSemver } from '../../../domain/supply/versions/semver.js';
import { type VersionOrder, versionOrderOf } from '../../../domain/supply/versions/version-order.js';

/** Versions in their order, as the source of each order has it; those in one list are the same. */
const ladders: Readonly<Record<string, { order: VersionOrder; steps: readonly (readonly string[])[] }>> = {
  // Debian Policy 5.6.12, deb-version(7) and dpkg's own test suite.
  Debian: {
    order: compareDebian,
    steps: [
      ['1.0~~'],
      ['1.0~~a'],
      ['1.0~'],
      ['1.0~rc1'],
      ['1.0', '1.0-0', '0:1.0'],
      ['1.0-1'],
      ['1.0-1+b1'],
      ['1.0-1+deb12u1'],
      ['1.0-2', '1.0-02'],
      ['1.0-10'],
      ['1.0a-1'],
      ['1.0+dfsg-1'],
      ['1.0.1-1'],
      ['1.9'],
      ['1.10', '1.010'],
      ['1:0.5'],
      ['2:0~'],
    ],
  },
  // apk-tools, test/version.data.
  Alpine: {
    order: compareAlpine,
    steps: [
      ['1.2_alpha1'],
      ['1.2_alpha2'],
      ['1.2_beta'],
      ['1.2_pre2'],
      ['1.2_rc1'],
      ['1.2', '1.2-r0'],
      ['1.2-r1'],
      ['1.2-r10'],
      ['1.2_git20200101'],
      ['1.2_p1'],
      ['1.2a'],
      ['1.2b'],
      ['1.2.0'],
      ['1.2.1'],
      ['1.10'],
      ['2'],
    ],
  },
  // PEP 440, "Summary of permitted suffixes and relative ordering".
  PyPI: {
    order: comparePep440,
    steps: [
      ['1.dev0', '1.0.dev0', 'v1.0.dev'],
      ['1.0.dev456'],
      ['1.0a1', '1.0-alpha.1'],
      ['1.0a2.dev456'],
      ['1.0a12.dev456'],
      ['1.0a12'],
      ['1.0b1.dev456'],
      ['1.0b2'],
      ['1.0b2.post345.dev456'],
      ['1.0b2.post345'],
      ['1.0rc1.dev456'],
      ['1.0rc1', '1.0c1', '1.0-pre1'],
      ['1.0', '1', '1.0.0'],
      ['1.0+abc.5'],
      ['1.0+abc.7'],
      ['1.0+5'],
      ['1.0.post456.dev34'],
      ['1.0.post456', '1.0-456', '1.0-r456'],
      ['1.0.15'],
      ['1.1.dev1'],
      ['1!0.1'],
    ],
  },
  // semver.org 2.0.0, rule 11.
  npm: {
    order: compareSemver,
    steps: [
      ['1.0.0-alpha'],
      ['1.0.0-alpha.1'],
      ['1.0.0-alpha.beta'],
      ['1.0.0-beta'],
      ['1.0.0-beta.2'],
      ['1.0.0-beta.11'],
      ['1.0.0-rc.1'],
      ['1.0.0', 'v1.0.0', '1.0.0+build.7', '1.0', '1'],
      ['1.0.1-0'],
      ['1.0.1'],
      ['1.2.0'],
      ['1.10.0'],
      ['99999999999999999999.0.0'],
    ],
  },
};

describe.each(Object.entries(ladders))('versions of %s', (ecosystem, { order, steps }) => {
  const all = steps.flatMap((same, at) => same.map((version) => [version, at] as const));

  it('are in the order of their source, each against each', () => {
    const wrong = all.flatMap(([a, at]) =>
      all
        .filter(([b, beside]) => Math.sign(order(a, b) ?? Number.NaN) !== Math.sign(at - beside))
        .map(([b]) => `${a} and ${b}`),
    );
    expect(wrong).toEqual([]);
  });

  it('are found by the name of the ecosystem, with a release and without', () => {
    expect(versionOrderOf(ecosystem)).toBe(order);
    expect(versionOrderOf(`${ecosystem}:12`)).toBe(order);
  });

  it('have no order with what is no version', () => {
    for (const text of ['', '  ', 'latest', '1.0 beta', '../1', 'x'.repeat(5000)]) {
      expect(order(text, '1.0')).toBeNull();
      expect(order('1.0', text)).toBeNull();
    }
  });

  const part = fc.constantFrom(
    '0',
    '1',
    '2',
    '10',
    '007',
    'a',
    'rc',
    'beta',
    '~',
    '.',
    '-',
    '+',
    '_',
    'r',
    '!',
    ':',
    'p',
    'dev',
    'post',
  );
  const version = fc
    .tuple(fc.nat(12), fc.array(part, { maxLength: 6 }))
    .map(([first, rest]) => `${first}${rest.join('')}`)
    .filter((text) => order(text, '1') !== null);

  it('have one order: it can be turned around, and goes through', () => {
    fc.assert(
      fc.property(version, version, version, (a, b, c) => {
        const compared = (one: string, other: string) => Math.sign(order(one, other) ?? Number.NaN);
        expect(compared(a, a)).toBe(0);
        expect(compared(a, b) + compared(b, a)).toBe(0);
        if (compared(a, b) <= 0 && compared(b, c) <= 0) expect(compared(a, c)).toBeLessThanOrEqual(0);
      }),
      { numRuns: 2000 },
    );
  });
});

it('an ecosystem that is not known has no order', () => {
  expect([versionOrderOf('crates.io'), versionOrderOf('constructor')]).toEqual([undefined, undefined]);
});
