import type { ScanException } from '../../config/image-policy.js';
import type { ScanFinding } from '../scan-finding.js';

/** A finding that may stay, and by which exception. */
export interface ExceptedFinding {
  readonly finding: ScanFinding;
  readonly exception: ScanException;
}

export interface AppliedExceptions {
  readonly open: readonly ScanFinding[];
  readonly excepted: readonly ExceptedFinding[];
  /** Exceptions whose last day is over; they count for nothing. */
  readonly expired: readonly ScanException[];
}

/** Takes out what exceptions cover at an instant. */
export function applyExceptions(
  findings: readonly ScanFinding[],
  exceptions: readonly ScanException[],
  now: string,
): AppliedExceptions {
  const isOver = ({ until }: ScanException) =>
    Date.parse(now) >= Date.parse(`${until}T00:00:00Z`) + 86_400_000;
  const expired = exceptions.filter(isOver);
  const valid = exceptions.filter((exception) => !isOver(exception));
  const open: ScanFinding[] = [];
  const excepted: ExceptedFinding[] = [];
  for (const finding of findings) {
    const exception = valid.find((one) => covers(one, finding));
    if (exception === undefined) open.push(finding);
    else excepted.push({ finding, exception });
  }
  return { open, excepted, expired };
}

function covers({ id, package: name, path }: ScanException, finding: ScanFinding): boolean {
  const isNamed = finding.id === id || finding.aliases.includes(id);
  const isPackage = name === undefined || finding.package?.name === name;
  return isNamed && isPackage && (path === undefined || finding.place === path);
}
