import type { z } from '@hono/zod-openapi';
import { RatchetError } from '../../domain/errors/ratchet-error.js';
import { workflowIds } from '../../domain/names.js';
import type { ReleaseRecord } from '../../domain/ports/releases.js';
import { printableText } from '../../domain/printable.js';
import type { GatewayDeps } from '../deps.js';
import type { releaseDetailSchema } from '../shapes/releases.js';
import { shownSteps } from './shown-steps.js';

const maxLogBytes = 64 * 1024 * 1024;

/** A release as a person wants to see it. Error: `RELEASE_NOT_FOUND`. */
export async function releaseDetail(
  { releases, endpoints }: GatewayDeps,
  id: string,
): Promise<z.infer<typeof releaseDetailSchema>> {
  const release = await releases.get(id);
  const { project, endpoint } = release;
  const [steps, refusals, logs, revisions] = await Promise.all([
    releases.steps(id),
    releases.refusals(id),
    releases.logs(id),
    endpoints.revisions({ project, endpoint }),
  ]);
  return {
    ...plainRelease(release),
    steps: shownSteps(steps, []),
    refusals: refusals.map((refusal) => ({ ...refusal })),
    logs: logs.map(({ step, bytes }) => ({ step, bytes })),
    workflowId: workflowIds.releaseServing(project, endpoint, id),
    revision: revisions.find(({ releaseId }) => releaseId === id)?.ordinal ?? null,
  };
}

/** The log of a step as text. Errors: `RELEASE_NOT_FOUND`, `NOT_FOUND` with the steps that have one. */
export async function releaseLog(
  { releases, blobs }: GatewayDeps,
  id: string,
  step: string,
): Promise<string> {
  await releases.get(id);
  const logs = await releases.logs(id);
  const found = logs.find((log) => log.step === step);
  if (found) return printableText(new TextDecoder().decode(await blobs.getBytes(found, maxLogBytes)));
  const known = logs.map((log) => log.step).join(', ') || 'none yet';
  const message = `release ${id} has no log of the step "${step}"; there is ${known}`;
  throw new RatchetError('NOT_FOUND', message, { step });
}

export function plainRelease({ round: _, ...release }: ReleaseRecord) {
  return { ...release, causes: release.causes.map((cause) => ({ ...cause })) };
}
