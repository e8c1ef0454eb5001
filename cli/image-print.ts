import { z } from 'zod';
import { verdicts } from '../domain/verdict.js';
import { printFacts, printLine, printTable } from './print.js';

const findingShape = z.looseObject({
  kind: z.string(),
  id: z.string(),
  severity: z.string(),
  scanner: z.string(),
  package: z.object({ ecosystem: z.string(), name: z.string(), version: z.string() }).nullable(),
  fix: z.union([z.object({ version: z.string() }), z.string()]),
  place: z.string().nullable(),
  text: z.string(),
});

/** What a scan answers with, as far as it is printed for people. */
export const scanShape = z.looseObject({
  verdict: z.enum(verdicts),
  imageDigest: z.string(),
  packages: z.number(),
  reasons: z.array(z.looseObject({ rule: z.string(), verdict: z.enum(verdicts), text: z.string() })),
  findings: z.array(findingShape),
  findingsLeftOut: z.number(),
  excepted: z.array(
    z.looseObject({
      finding: findingShape,
      exception: z.looseObject({ owner: z.string(), until: z.string() }),
    }),
  ),
});

/** What a verification answers with. */
export const verificationShape = z.looseObject({
  ok: z.boolean(),
  imageDigest: z.string(),
  statements: z.array(
    z.object({ kind: z.string(), ok: z.boolean(), keyId: z.string().nullable(), text: z.string() }),
  ),
});

type Finding = z.infer<typeof findingShape>;

export function printScan(scan: z.infer<typeof scanShape>): void {
  printFacts([
    ['image', scan.imageDigest],
    ['packages', scan.packages],
    ['verdict', scan.verdict],
  ]);
  printLine();
  printTable(
    ['finding', 'severity', 'in', 'fix', 'about'],
    scan.findings.map((finding) => [
      finding.id,
      finding.severity,
      placeOf(finding),
      fixOf(finding),
      finding.text,
    ]),
    'nothing was found',
  );
  if (scan.findingsLeftOut > 0) printLine(`and ${scan.findingsLeftOut} more`);
  printLine();
  printTable(
    ['rule', 'verdict', 'why'],
    scan.reasons.map(({ rule, verdict, text }) => [rule, verdict, text]),
    'no rule',
  );
  if (scan.excepted.length === 0) return;
  printLine();
  printTable(
    ['excepted', 'owner', 'until'],
    scan.excepted.map(({ finding, exception }) => [finding.id, exception.owner, exception.until]),
    'none',
  );
}

export function printVerification({ imageDigest, statements }: z.infer<typeof verificationShape>): void {
  printFacts([['image', imageDigest]]);
  printLine();
  printTable(
    ['statement', 'counts', 'why'],
    statements.map(({ kind, ok, text }) => [kind, ok ? 'yes' : 'no', text]),
    'no statement is asked for',
  );
}

function placeOf({ package: found, place }: Finding): string {
  if (found !== null) return `${found.name} ${found.version}`;
  return place === null ? 'the image' : `/${place}`;
}

const fixOf = ({ fix, kind }: Finding) =>
  kind === 'vulnerability' ? (typeof fix === 'string' ? fix : fix.version) : null;
