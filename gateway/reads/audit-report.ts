import type { z } from '@hono/zod-openapi';
import { verifyAudit } from '../../db/verify-audit.js';
import type { GatewayDeps } from '../deps.js';
import type { auditReportSchema } from '../shapes/audit.js';
import { signedCheckpoints } from './signed-checkpoints.js';

type Report = z.infer<typeof auditReportSchema>;

/** Reads the whole chain and says what does not fit. A checkpoint counts by its signature, wherever it lies. */
export async function auditReport(
  deps: Pick<GatewayDeps, 'audit' | 'blobs' | 'signingKeys' | 'verifier'>,
): Promise<Report> {
  const head = await deps.audit.head();
  const { signed, unsigned } = await signedCheckpoints(deps);
  const report = await verifyAudit(deps.audit.rows(1), { head, checkpoints: signed });
  const findings = [
    ...unsigned.map(({ seq, why }) => {
      const text = `the checkpoint of row ${seq} counts for nothing: ${why}`;
      return { kind: 'unsigned' as const, seq, text };
    }),
    ...report.findings,
  ];
  return {
    intact: findings.length === 0,
    rows: report.rows,
    head: report.head ?? null,
    checkpoints: report.checkpoints,
    findings,
  };
}
