import { z } from 'zod';
import { RatchetError } from '../../../domain/errors/ratchet-error.js';
import type { ScanFinding } from '../../../domain/supply/scan-finding.js';
import { type Severity, severityOfScore, severityOfWord, worstOf } from '../../../domain/supply/severity.js';
import type { ScannerReport } from './read-report.js';
import { reportIn, scannerName } from './report-shape.js';

const toolShape = z.object({ name: z.string() });

const vulnerabilityShape = z.object({
  id: z.string().min(1),
  references: z.array(z.object({ id: z.string() })).optional(),
  description: z.string().optional(),
  ratings: z.array(z.object({ score: z.number().optional(), severity: z.string().optional() })).optional(),
  affects: z.array(z.object({ ref: z.string() })).optional(),
});

const bomShape = z.object({
  bomFormat: z.literal('CycloneDX'),
  specVersion: z.string(),
  metadata: z
    .object({
      tools: z
        .union([z.array(toolShape), z.object({ components: z.array(toolShape).optional() })])
        .optional(),
    })
    .optional(),
  components: z
    .array(
      z.object({
        'bom-ref': z.string().optional(),
        name: z.string(),
        version: z.string().optional(),
        purl: z.string().optional(),
      }),
    )
    .optional(),
  vulnerabilities: z.array(vulnerabilityShape).optional(),
});

type Bom = z.infer<typeof bomShape>;
type Vulnerability = z.infer<typeof vulnerabilityShape>;

/** Vulnerabilities of a CycloneDX document. Its analysis counts for nothing: exceptions stand in the policy. Error: `REPORT_INVALID`. */
export function readCycloneDxReport(value: unknown, file: string): ScannerReport {
  const bom = reportIn(bomShape, value, file);
  const tools = bom.metadata?.tools;
  const [tool] = Array.isArray(tools) ? tools : (tools?.components ?? []);
  if (tool === undefined)
    throw new RatchetError('REPORT_INVALID', `${file} does not say which tool wrote it`);
  if (bom.vulnerabilities === undefined)
    throw new RatchetError(
      'REPORT_INVALID',
      `${file} lists no vulnerabilities, not even none: it is no report of a scan`,
    );
  const scanner = scannerName(tool.name);
  return { scanner, findings: bom.vulnerabilities.flatMap((found) => findingsOf(found, bom, scanner)) };
}

/** One for each package that it is about; one without a package where it names none. */
function findingsOf(found: Vulnerability, { components = [] }: Bom, scanner: string): ScanFinding[] {
  const about: (string | null)[] = found.affects?.map(({ ref }) => ref) ?? [];
  return (about.length === 0 ? [null] : about).map((ref) => {
    const component = components.find((one) => one['bom-ref'] === ref);
    const ecosystem = /^pkg:([a-z]+)\//.exec(component?.purl ?? '')?.[1] ?? 'unknown';
    return {
      kind: 'vulnerability',
      id: found.id,
      aliases: found.references?.map(({ id }) => id) ?? [],
      severity: severityOf(found),
      scanner,
      package:
        component === undefined
          ? null
          : { ecosystem, name: component.name, version: component.version ?? '' },
      fix: 'unknown',
      place: component === undefined ? ref : null,
      text: found.description?.slice(0, 300) ?? '',
    };
  });
}

function severityOf({ ratings = [] }: Vulnerability): Severity {
  return worstOf(
    ratings.map(({ score, severity }) => {
      const word = severityOfWord(severity ?? '');
      return word === 'unknown' && score !== undefined ? severityOfScore(score) : word;
    }),
  );
}
