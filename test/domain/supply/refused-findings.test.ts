import { describe, expect, it } from 'vitest';
import { imagePolicySchema } from '../../../domain/config/image-policy.js';
import { judgeScan } from '../../../domain/supply/policy/judge-scan.js';
import { refusedFindings } from '../../../domain/supply/policy/refused-findings.js';
import type { ScanInput } from '../../../domain/supply/policy/scan-input.js';
import type { ScanFinding } from '../../../domain/supply/scan-finding.js';

const now = '2026-05-01T00:00:00.000Z';

function vulnerability(id: string, changes: Partial<ScanFinding> = {}): ScanFinding {
  return {
    ...{ kind: 'vulnerability', id, aliases: [], severity: 'critical', scanner: 'ratchet', place: null },
    ...{ package: { ecosystem: 'npm', name: 'parser', version: '1.0.0' }, fix: { version: '2.0.0' } },
    text: 'it may be made to run anything',
    ...changes,
  };
}

/** What is refused of these findings, with these keys of the policy. */
function refused(findings: readonly ScanFinding[], policy: object = {}, changes: Partial<ScanInput> = {}) {
  const database = { kind: 'read', newestAt: now, advisories: 9, missing: [], unclear: [] } as const;
  const scan = judgeScan(
    {
      ...{
        findings,
        packages: 3,
        hasOperatingSystem: true,
        gaps: [],
        database,
        reports: [],
        base: null,
        now,
      },
      ...changes,
    },
    imagePolicySchema.parse({ version: 1, ...policy }),
  );
  return refusedFindings({ ...scan, findings });
}

const keys = (...given: Parameters<typeof refused>) => refused(...given).map(({ key }) => key);

describe('what keeps a scan from passing', () => {
  it('is nothing where it passes, also with findings that are allowed', () => {
    expect(refused([])).toEqual([]);
    expect(refused([vulnerability('A', { severity: 'medium' })])).toEqual([]);
  });

  it('is each finding that is refused, in an order of its own, with its fix', () => {
    const found = [vulnerability('B'), vulnerability('A')];
    expect(keys(found)).toEqual(keys(found.toReversed()));
    expect(refused(found).map(({ text }) => text)).toEqual([
      'A in parser 1.0.0 (fixed in 2.0.0)',
      'B in parser 1.0.0 (fixed in 2.0.0)',
    ]);
  });

  it('has what may be fixed alone, where the rule is about that', () => {
    const unfixed = vulnerability('A', { severity: 'high', fix: 'none' });
    const fixed = vulnerability('B', { severity: 'high' });
    expect(refused([unfixed])).toEqual([]);
    expect(keys([unfixed, fixed])).toEqual(['vulnerability B npm parser 1.0.0 2.0.0']);
  });

  it('is another thing once there is a fix, or once the package is another', () => {
    const [one] = keys([vulnerability('A', { fix: 'none' })]);
    expect(keys([vulnerability('A')])).not.toContain(one);
    const other = { ecosystem: 'npm', name: 'parser', version: '1.0.1' };
    expect(keys([vulnerability('A', { fix: 'none', package: other })])).not.toContain(one);
  });

  it('leaves out what an exception covers, until it is over', () => {
    const exception = { id: 'A', owner: 'dana', reason: 'not reached' };
    const at = (until: string) => keys([vulnerability('A')], { exceptions: [{ ...exception, until }] });
    expect(at('2026-05-01')).toEqual([]);
    expect(at('2026-04-30')).toEqual(['vulnerability A npm parser 1.0.0 2.0.0']);
  });

  it('names a rule that is about no finding, and not how old or how many', () => {
    const database = { kind: 'read', advisories: 9, missing: [], unclear: [] } as const;
    const aged = (newestAt: string) => keys([], {}, { database: { ...database, newestAt } });
    expect(aged('2026-04-01T00:00:00.000Z')).toEqual(['database-age inconclusive']);
    expect(aged('2026-03-01T00:00:00.000Z')).toEqual(aged('2026-04-01T00:00:00.000Z'));
    expect(keys([], {}, { packages: 0 })).toEqual(['inventory inconclusive']);
  });

  it('has secrets and faults of the configuration by where they are', () => {
    const secret = { kind: 'secret', id: 'private-key', package: null, place: 'app/key.pem' } as const;
    const fault = { kind: 'configuration', id: 'root-user', package: null, fix: 'unknown' } as const;
    expect(keys([vulnerability('', secret), vulnerability('', fault)])).toEqual([
      'configuration root-user  unknown',
      'secret private-key app/key.pem 2.0.0',
    ]);
  });
});
