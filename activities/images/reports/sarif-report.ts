import { z } from 'zod';
import { RatchetError } from '../../../domain/errors/ratchet-error.js';
import type { ScanFinding } from '../../../domain/supply/scan-finding.js';
import { type Severity, severityOfScore, severityOfWord } from '../../../domain/supply/severity.js';
import type { ScannerReport } from './read-report.js';
import { reportIn, scannerName } from './report-shape.js';

const ruleShape = z.object({
  id: z.string(),
  properties: z
    .object({
      'security-severity': z.union([z.string(), z.number()]).optional(),
      tags: z.array(z.string()).optional(),
    })
    .optional(),
  defaultConfiguration: z.object({ level: z.string().optional() }).optional(),
});

const resultShape = z.object({
  ruleId: z.string().optional(),
  ruleIndex: z.number().int().nonnegative().optional(),
  level: z.string().optional(),
  kind: z.string().optional(),
  message: z.object({ text: z.string().optional() }),
  locations: z
    .array(
      z.object({
        physicalLocation: z
          .object({ artifactLocation: z.object({ uri: z.string().optional() }).optional() })
          .optional(),
      }),
    )
    .optional(),
});

const sarifShape = z.object({
  version: z.string(),
  runs: z
    .array(
      z.object({
        tool: z.object({
          driver: z.object({ name: z.string().min(1), rules: z.array(ruleShape).optional() }),
        }),
        invocations: z.array(z.object({ executionSuccessful: z.boolean() })).optional(),
        results: z.array(resultShape).nullish(),
      }),
    )
    .min(1),
});

type Rule = z.infer<typeof ruleShape>;
type Result = z.infer<typeof resultShape>;

/** Findings of a SARIF 2.1 report. Suppressions of the scanner count for nothing: exceptions stand in the policy. Error: `REPORT_INVALID`. */
export function readSarifReport(value: unknown, file: string): ScannerReport {
  const { version, runs } = reportIn(sarifShape, value, file);
  if (!version.startsWith('2.1'))
    throw new RatchetError('REPORT_INVALID', `${file} is SARIF ${version}, allowed is 2.1`);
  const names = [...new Set(runs.map(({ tool }) => scannerName(tool.driver.name)))];
  const [scanner] = names;
  if (scanner === undefined || names.length > 1)
    throw new RatchetError('REPORT_INVALID', `${file} is of ${names.length} scanners, allowed is one`);
  if (runs.some(({ results }) => results === null || results === undefined))
    throw new RatchetError('REPORT_INVALID', `${file} has a run without results: the scanner did not look`);
  if (runs.some(({ invocations = [] }) => invocations.some(({ executionSuccessful: ok }) => !ok)))
    throw new RatchetError('REPORT_INVALID', `${file} says that ${scanner} failed`);
  const findings = runs.flatMap(({ tool, results }) =>
    (results ?? []).flatMap((result) => findingOf(result, tool.driver.rules ?? [], scanner)),
  );
  return { scanner, findings };
}

function findingOf(result: Result, rules: readonly Rule[], scanner: string): ScanFinding[] {
  if (result.kind === 'pass' || result.kind === 'notApplicable') return [];
  const rule = rules.find(({ id }) => id === result.ruleId) ?? rules[result.ruleIndex ?? -1];
  const id = result.ruleId ?? rule?.id ?? 'unnamed';
  const place = result.locations?.[0]?.physicalLocation?.artifactLocation?.uri ?? null;
  return [
    {
      kind: kindOf(id, rule),
      id,
      aliases: [],
      severity: severityOf(result, rule),
      scanner,
      package: null,
      fix: 'unknown',
      place,
      text: result.message.text?.slice(0, 300) ?? '',
    },
  ];
}

function kindOf(id: string, rule: Rule | undefined): ScanFinding['kind'] {
  const tags = rule?.properties?.tags?.map((tag) => tag.toLowerCase()) ?? [];
  if (tags.includes('secret')) return 'secret';
  const isAdvisory = /^(?:CVE|GHSA|DSA|DLA|RUSTSEC|PYSEC|GO|MAL|ALPINE|OSV|TEMP)-/i.test(id);
  return isAdvisory || tags.includes('vulnerability') ? 'vulnerability' : 'configuration';
}

function severityOf({ level }: Result, rule: Rule | undefined): Severity {
  const score = Number.parseFloat(String(rule?.properties?.['security-severity']));
  if (score >= 0 && score <= 10) return severityOfScore(score);
  return severityOfWord(level ?? rule?.defaultConfiguration?.level ?? 'warning');
}
