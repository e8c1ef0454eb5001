import type { ImagePolicy } from '../../config/image-policy.js';
import type { Finding, Verdict } from '../../verdict.js';
import { applyExceptions, type ExceptedFinding } from './exceptions.js';
import { judgeDatabase } from './judge-database.js';
import { judgeFindings } from './judge-findings.js';
import type { ScanInput } from './scan-input.js';

export interface ScanVerdict {
  readonly verdict: Verdict;
  /** At least one; those that pass too, with their numbers. */
  readonly reasons: readonly Finding[];
  readonly excepted: readonly ExceptedFinding[];
}

const worstFirst = ['fail', 'error', 'inconclusive'] as const;

/** What a policy says of a scanned image. What is not known leaves the verdict open; it never passes. */
export function judgeScan(input: ScanInput, policy: ImagePolicy): ScanVerdict {
  const { open, excepted, expired } = applyExceptions(input.findings, policy.exceptions, input.now);
  const reasons: Finding[] = [
    ...judgeFindings(open, policy, input.packages),
    ...(policy.bases.length === 0 ? [] : [judgeBase(input, policy.bases)]),
    ...judgeInventory(input, policy),
    ...(policy.scanners.includes('ratchet') ? judgeDatabase(input, policy.database.oldest) : []),
    ...judgeReports(input, policy.scanners),
    ...expired.map(({ id, owner, until }) => ({
      rule: 'exceptions',
      verdict: 'pass' as const,
      text: `the exception for ${id} of ${owner} ended on ${until} and counts for nothing`,
    })),
  ];
  const verdict = worstFirst.find((one) => reasons.some((reason) => reason.verdict === one)) ?? 'pass';
  return { verdict, reasons, excepted };
}

function judgeBase({ base, packages }: ScanInput, allowed: readonly string[]): Finding {
  const digests = allowed.map(digestOf);
  const isAllowed = base !== null && digests.includes(digestOf(base));
  return {
    rule: 'base',
    verdict: isAllowed ? 'pass' : 'fail',
    text: `the image is built on ${base ?? 'nothing that it names'}, allowed are ${allowed.length} images by digest`,
    n: packages,
  };
}

/** The repository may be a mirror; the digest says which image it is. */
const digestOf = (reference: string) => reference.split('@')[1] ?? reference;

function judgeInventory({ packages, gaps, hasOperatingSystem }: ScanInput, policy: ImagePolicy): Finding[] {
  const open = gaps.map(
    (text): Finding => ({ rule: 'inventory', verdict: 'inconclusive', text, n: packages }),
  );
  if (!hasOperatingSystem && policy.operatingSystem === 'required') {
    const text =
      'the image has no package database of an operating system, so nobody can say what it is made of';
    open.push({ rule: 'operating-system', verdict: 'inconclusive', text, n: packages });
  }
  if (packages === 0)
    open.push({
      rule: 'inventory',
      verdict: 'inconclusive',
      text: 'no package was found in the image',
      n: 0,
    });
  const known: Finding = {
    rule: 'inventory',
    verdict: 'pass',
    text: `${packages} packages are known`,
    n: packages,
  };
  return open.length > 0 ? open : [known];
}

function judgeReports({ reports, packages }: ScanInput, scanners: readonly string[]): Finding[] {
  if (scanners.length === 0)
    return [{ rule: 'scanners', verdict: 'inconclusive', text: 'the policy names no scanner', n: packages }];
  return scanners
    .filter((scanner) => scanner !== 'ratchet')
    .map((scanner) => {
      const has = reports.includes(scanner);
      const text = has ? `the report of ${scanner} was read` : `there is no report of ${scanner}`;
      return { rule: 'scanners', verdict: has ? 'pass' : 'inconclusive', text, n: packages };
    });
}
