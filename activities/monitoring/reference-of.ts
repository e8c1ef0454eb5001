import { createHash } from 'node:crypto';
import { canonicalText } from '../../domain/canonical-text.js';
import type { ModelConfig } from '../../domain/config/model.js';
import type { MonitoringConfig } from '../../domain/config/monitoring.js';
import { profileFormat, type ReferenceProfile } from '../../domain/monitoring/profile/reference-profile.js';
import type { ModelVersionRecord } from '../../domain/ports/models.js';
import type { ReferenceDeps } from './deps.js';
import { freezeReference } from './freeze-reference.js';

/** A version with the file that it was made by. */
export interface WatchedVersion {
  readonly record: ModelVersionRecord;
  readonly config: ModelConfig;
  /** From which score on a classification answers 1; tuned when it was judged. */
  readonly threshold: number;
}

/** What decides a reference, beside the version. */
export type ReferenceRule = Pick<MonitoringConfig, 'windows' | 'truth' | 'drift' | 'detectors'>;

/** Digest of all that decides a reference, beside the version. */
export function referenceRule({ windows, drift, detectors }: ReferenceRule): string {
  const { every, from } = windows;
  const { floor, ignore } = drift;
  const { multivariate, outliers, concept } = detectors;
  const decides = { format: profileFormat, every, from, floor, ignore, multivariate, outliers, concept };
  return createHash('sha256').update(canonicalText(decides)).digest('hex');
}

/** The reference of a version, made at the first need and kept with it. Errors: those of the stores and of `openModel`. */
export async function referenceOf(
  deps: ReferenceDeps,
  version: WatchedVersion,
  rule: ReferenceRule,
  signal: AbortSignal,
): Promise<ReferenceProfile> {
  const { project, model, version: number } = version.record;
  const of = { project, model, version: number, rule: referenceRule(rule) };
  const kept = await deps.watches.reference(of);
  if (kept !== undefined) return (await deps.blobs.getJson(kept)) as ReferenceProfile;
  const profile = await freezeReference(deps, version, rule, signal);
  await deps.watches.putReference(of, await deps.blobs.putJson(profile));
  return profile;
}
