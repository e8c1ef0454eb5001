import type { Finding } from '../../verdict.js';

const longestText = 400;

/**
 * A finding of the scan: it has no other verdict than `fail`. Names come from a file that nobody vouches for: control
 * characters are replaced and a long text is cut.
 */
export function broken(rule: string, text: string, numbers: Pick<Finding, 'actual' | 'limit'> = {}): Finding {
  const printable = text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '\u{FFFD}');
  const short = printable.length > longestText ? `${printable.slice(0, longestText)}...` : printable;
  return { rule, verdict: 'fail', text: short, ...numbers };
}
