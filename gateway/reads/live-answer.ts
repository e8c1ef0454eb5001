import type { z } from '@hono/zod-openapi';
import type { GatewayDeps } from '../deps.js';
import type { liveSchema } from '../shapes/champions.js';
import { plainVersion } from './plain-version.js';

/** What was live at a moment, and which people let it in. */
export async function liveAnswer(
  deps: Pick<GatewayDeps, 'approvals' | 'champions'>,
  { project, model }: { readonly project: string; readonly model: string },
  at: string,
): Promise<z.infer<typeof liveSchema>> {
  const live = await deps.champions.liveAt(project, model, at);
  if (live === undefined) return { at, live: null };
  const votes = live.approval === null ? [] : await deps.approvals.votes(live.approval);
  const approvedBy = votes.flatMap(({ status, decision, approver, onBehalfOf }) =>
    status === 'counted' && decision === 'approve' ? [{ approver, onBehalfOf }] : [],
  );
  return { at, live: { ...live, version: plainVersion(live.version), approvedBy } };
}
