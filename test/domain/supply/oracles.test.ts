import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../domain/stats/seeded-random.js';
import { readDpkgStatus } from '../../../domain/supply/packages/dpkg-status.js';
import { compareDebian } from '../../../domain/supply/versions/debian.js';
import { comparePep440 } from '../../../domain/supply/versions/pep-440.js';
import type { VersionOrder } from '../../../domain/supply/versions/version-order.js';

const hasDpkg = existsSync('/var/lib/dpkg/status') && spawnSync('dpkg', ['--version']).status === 0;
const withPackaging =
  'try:\n  from packaging.version import Version\nexcept ImportError:\n  from pip._vendor.packaging.version import Version\n';
const hasPackaging = spawnSync('python3', ['-c', withPackaging]).status === 0;

function run(program: string, args: readonly string[], input = ''): string {
  const { status, stdout, stderr } = spawnSync(program, args, {
    input,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 ** 2,
  });
  if (status !== 0) throw new Error(stderr);
  return stdout;
}

/** Pairs of versions from parts that make them hard, the same each time. */
function pairsOf(parts: readonly string[], order: VersionOrder, count: number): [string, string][] {
  const random = seededRandom(7);
  const pick = () => parts[Math.floor(random() * parts.length)] ?? '';
  const version = () =>
    `${Math.floor(random() * 3)}${Array.from({ length: Math.floor(random() * 5) }, pick).join('')}`;
  const pairs: [string, string][] = [];
  while (pairs.length < count) {
    const [a, b] = [version(), version()];
    if (order(a, b) !== null) pairs.push([a, b]);
  }
  return pairs;
}

describe.skipIf(!hasDpkg)('dpkg itself', () => {
  it('lists the same packages of this machine, with the same sources', () => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the format of dpkg-query.
    const format = '${db:Status-Status}\t${Package}\t${Version}\t${source:Package}\t${source:Version}\n';
    const listed = run('dpkg-query', ['-W', '-f', format])
      .split('\n')
      .filter((line) => line.startsWith('installed\t'))
      .map((line) => line.slice('installed\t'.length));
    const { packages, gaps } = readDpkgStatus(readFileSync('/var/lib/dpkg/status', 'utf8'), 'Debian:12', 'x');
    const ours = packages.map(({ name, version, source }) =>
      [name, version, source?.name, source?.version].join('\t'),
    );
    expect(gaps).toEqual([]);
    expect(ours.toSorted()).toEqual(listed.toSorted());
  });

  it('orders hard versions in the same way', () => {
    const pairs = pairsOf(
      ['~', '+', '-', '.', 'a', 'rc', '0', '1', '00', '10', 'deb12u1', ':'],
      compareDebian,
      300,
    );
    const script =
      'while IFS=" " read -r a b; do if dpkg --compare-versions "$a" lt "$b"; then echo -1; elif dpkg --compare-versions "$a" eq "$b"; then echo 0; elif dpkg --compare-versions "$a" gt "$b"; then echo 1; else echo refused; fi; done';
    const theirs = run('sh', ['-c', script], `${pairs.map((pair) => pair.join(' ')).join('\n')}\n`)
      .trim()
      .split('\n')
      .map(Number);
    expect(pairs.map(([a, b]) => [a, b, Math.sign(compareDebian(a, b) ?? Number.NaN)])).toEqual(
      pairs.map(([a, b], at) => [a, b, theirs[at]]),
    );
  });
});

describe.skipIf(!hasPackaging)('the packaging library of Python', () => {
  it('orders hard versions in the same way, and reads the same ones', () => {
    const parts = [
      '.',
      '1',
      '0',
      '10',
      'a',
      'b1',
      'rc1',
      '.post1',
      '-1',
      '.dev1',
      'dev',
      '+x.1',
      '!1',
      '_r2',
      'alpha',
      '-',
    ];
    const pairs = pairsOf(parts, comparePep440, 2000);
    const script = `${withPackaging}import sys\nfor line in sys.stdin:\n  a, b = map(Version, line.split())\n  print((a > b) - (a < b))\n`;
    const theirs = run('python3', ['-c', script], `${pairs.map((pair) => pair.join(' ')).join('\n')}\n`)
      .trim()
      .split('\n')
      .map(Number);
    expect(pairs.map(([a, b]) => [a, b, Math.sign(comparePep440(a, b) ?? Number.NaN)])).toEqual(
      pairs.map(([a, b], at) => [a, b, theirs[at]]),
    );
  });
});
