import type { ImagePolicy, VulnerabilityAction } from '../../config/image-policy.js';
import type { Finding, Verdict } from '../../verdict.js';
import { type ConfigurationCheck, configurationChecks } from '../checks/configuration-checks.js';
import type { ScanFinding } from '../scan-finding.js';
import { severities } from '../severity.js';

const byAction: Readonly<Record<VulnerabilityAction, Verdict>> = {
  refuse: 'fail',
  'refuse-fixable': 'fail',
  ask: 'inconclusive',
  allow: 'pass',
};

/** One reason for each severity, for secrets, and for each check of the configuration. `n` is how many packages there are. */
export function judgeFindings(open: readonly ScanFinding[], policy: ImagePolicy, n: number): Finding[] {
  const of = (kind: ScanFinding['kind']) => open.filter((finding) => finding.kind === kind);
  const vulnerabilities = of('vulnerability');
  return [
    ...severities.toReversed().map((severity) => {
      const found = vulnerabilities.filter((finding) => finding.severity === severity);
      return counted(`vulnerabilities-${severity}`, found, policy.vulnerabilities[severity], n);
    }),
    counted('secrets', of('secret'), policy.secrets, n),
    ...configurationReasons(of('configuration'), policy, n),
  ];
}

function configurationReasons(found: readonly ScanFinding[], policy: ImagePolicy, n: number): Finding[] {
  const own = (Object.keys(configurationChecks) as ConfigurationCheck[]).map((check) =>
    counted(
      check,
      found.filter(({ id }) => id === check),
      policy.configuration[check],
      n,
    ),
  );
  // What a check of another scanner is called is not ours to know, so it is judged by how bad it says it is.
  const foreign = severities.toReversed().flatMap((severity) => {
    const rated = found.filter(
      ({ id, severity: rating }) => !Object.hasOwn(configurationChecks, id) && rating === severity,
    );
    return rated.length === 0
      ? []
      : [counted(`checks-${severity}`, rated, policy.vulnerabilities[severity], n)];
  });
  return [...own, ...foreign];
}

function counted(
  rule: string,
  found: readonly ScanFinding[],
  action: VulnerabilityAction,
  n: number,
): Finding {
  const isFixable = action === 'refuse-fixable';
  const meant = isFixable ? found.filter(({ fix }) => fix !== 'none') : found;
  const verdict = meant.length === 0 ? 'pass' : byAction[action];
  const told = { rule, verdict, actual: meant.length, n } as const;
  if (action === 'allow') return { ...told, text: `${found.length} found, any number is allowed` };
  const which = isFixable ? ' that may have a fix' : '';
  const names = meant.slice(0, 3).map(findingName).join(', ');
  const such = meant.length === 0 ? '' : `, such as ${names}`;
  return { ...told, limit: 0, text: `${meant.length} found${which}, allowed are 0${such}` };
}

/** A finding in a few words: `CVE-2026-1 in curl 8.1 (fixed in 8.2)`. */
export function findingName({ id, package: about, place, fix }: ScanFinding): string {
  const where =
    about === null ? (place === null ? '' : ` in ${place}`) : ` in ${about.name} ${about.version}`;
  return `${id}${where}${typeof fix === 'string' ? '' : ` (fixed in ${fix.version})`}`;
}
