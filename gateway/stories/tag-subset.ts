import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type { TagDatasetInput } from '../../domain/lifecycle/tag-dataset.js';
import { workflowIds } from '../../domain/names.js';
import type { GatewayDeps } from '../deps.js';
import { runStory } from './run-story.js';

/**
 * Has a condition looked at and kept under its tag. Errors: `DATASET_SQL`, and `CONFLICT` where somebody else is giving
 * the tag to something else at this moment.
 */
export async function tagSubset(
  { client }: Pick<GatewayDeps, 'client'>,
  input: TagDatasetInput,
): Promise<void> {
  const { project, name, version, tag, where } = input;
  const workflowId = workflowIds.tagDataset(project, name, tag);
  const kept = await runStory(client, 'tagDataset', { workflowId, input });
  if (kept.version === version && kept.where === where) return;
  throw new RatchetError(
    'CONFLICT',
    `tag ${tag} was being given to version ${kept.version} where ${kept.where}; ask again to move it`,
    { tag, version: kept.version },
  );
}
