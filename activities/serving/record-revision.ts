import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type { LiveRevision } from '../../domain/lifecycle/release-serving.js';
import type { DeployDeps } from './deps.js';
import { targetOf, targetsWith } from './target-of.js';

/** Writes down that the revision answers, and ends what ran of the endpoint on another target. */
export async function recordRevision(
  { endpoints, targets }: Pick<DeployDeps, 'endpoints' | 'targets'>,
  { releaseId, plan, deployed }: LiveRevision,
  signal: AbortSignal,
): Promise<void> {
  const { wanted, observed } = deployed;
  const model = wanted.models.find(({ version }) => version === plan.modelVersion);
  if (observed.at === null || model === undefined) {
    throw new RatchetError(
      'INTERNAL',
      `revision ${wanted.revision} has no address, or not the model of its release`,
    );
  }
  const { project, endpoint, revision, ordinal } = wanted;
  await endpoints.recordLive(
    {
      ...{ project, endpoint, revision, ordinal, releaseId, wanted },
      applicationCommit: plan.applicationCommit,
      modelVersion: model.version,
      modelDigest: model.sha256,
      imageDigest: wanted.image?.digest ?? null,
      at: observed.at,
      from: new Date().toISOString(),
    },
    `release/${releaseId}`,
  );
  const own = targetOf(targets, plan.target);
  for (const other of await targetsWith(targets, { project, endpoint }, own.kind))
    if (other !== own) await other.remove(wanted, signal);
}
