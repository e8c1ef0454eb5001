import type { Finding } from '../../verdict.js';
import { configurationChecks } from '../checks/configuration-checks.js';
import type { ScanFinding } from '../scan-finding.js';
import type { ExceptedFinding } from './exceptions.js';
import { findingName } from './judge-findings.js';

/** A scan, as far as it says why its verdict is what it is. */
export interface JudgedScan {
  readonly reasons: readonly Finding[];
  readonly findings: readonly ScanFinding[];
  readonly excepted: readonly ExceptedFinding[];
}

/** One thing that keeps a scan from passing. */
export interface RefusedFinding {
  /** The same for as long as it is the same thing: it holds no age and no count. */
  readonly key: string;
  /** In a few words. */
  readonly text: string;
}

/** All that keeps a scan from passing: findings, and rules that are not about any. Sorted by key; empty for one that passes. */
export function refusedFindings({ reasons, findings, excepted }: JudgedScan): readonly RefusedFinding[] {
  const allowed = new Set(excepted.map(({ finding }) => keyOf(finding)));
  const open = findings.filter((finding) => !allowed.has(keyOf(finding)));
  const refused = reasons
    .filter(({ verdict }) => verdict !== 'pass')
    .flatMap((reason) => {
      const meant = meantBy(reason, open);
      if (meant.length === 0) return [{ key: `${reason.rule} ${reason.verdict}`, text: reason.text }];
      return meant.map((finding) => ({ key: keyOf(finding), text: findingName(finding) }));
    });
  const byKey = new Map(refused.map((one) => [one.key, one]));
  return [...byKey.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
}

/** Where a rule counts fewer than there are, it means those that may have a fix. */
function meantBy({ rule, actual }: Finding, open: readonly ScanFinding[]): readonly ScanFinding[] {
  const all = open.filter((finding) => ruleOf(finding) === rule);
  return all.length === actual ? all : all.filter(({ fix }) => fix !== 'none');
}

function ruleOf({ kind, id, severity }: ScanFinding): string {
  if (kind === 'secret') return 'secrets';
  if (kind === 'vulnerability') return `vulnerabilities-${severity}`;
  return Object.hasOwn(configurationChecks, id) ? id : `checks-${severity}`;
}

function keyOf({ kind, id, package: about, place, fix }: ScanFinding): string {
  const fixed = typeof fix === 'string' ? fix : fix.version;
  const where = about === null ? [place ?? ''] : [about.ecosystem, about.name, about.version];
  return [kind, id, ...where, fixed].join(' ');
}
