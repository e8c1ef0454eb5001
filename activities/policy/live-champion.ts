import type { DatasetManifest } from '../../domain/ports/datasets.js';
import type { ModelVersionRecord } from '../../domain/ports/models.js';
import { readManifest } from '../data/read-manifest.js';
import type { PolicyDeps } from './deps.js';
import type { PolicyJob } from './policy-job.js';

/** The version that is live, with the dataset it was trained on; or why there is none to compare with. */
export type Live =
  | { readonly kind: 'none'; readonly reason: string }
  | { readonly kind: 'live'; readonly record: ModelVersionRecord; readonly manifest: DatasetManifest };

export async function liveChampion(deps: PolicyDeps, { input }: PolicyJob): Promise<Live> {
  const record = await deps.champions.champion(input.project, input.model);
  if (record === undefined) return { kind: 'none', reason: 'there is no champion yet' };
  if (record.version === input.version)
    return { kind: 'none', reason: 'this version is the champion itself' };
  const manifest = await readManifest(deps, { project: input.project, dataset: record.dataset });
  return { kind: 'live', record, manifest };
}
