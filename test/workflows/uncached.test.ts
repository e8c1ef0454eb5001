import { describe, expect, it } from 'vitest';
import { playEnding } from './endings.js';
import { sharedStoryRoom } from './shared-story-room.js';

const room = sharedStoryRoom({ maxCachedWorkflows: 0 });

describe('a worker that remembers no story, and replays each from its history at every task', () => {
  it.each([
    ['train-model-succeeded-with-a-new-dataset', 'COMPLETED'],
    ['train-model-succeeded-where-another-gave-up', 'COMPLETED'],
    ['train-model-succeeded-before-it-was-cancelled', 'COMPLETED'],
    ['train-model-refused', 'COMPLETED'],
    ['train-model-cancelled-in-train-candidate', 'CANCELLED'],
    ['train-model-cancelled-in-build-dataset', 'CANCELLED'],
    ['ingest-dataset-refused', 'FAILED'],
    ['request-approval-approved-in-two-stages', 'COMPLETED'],
    ['request-approval-approved-by-votes-before-its-letter', 'COMPLETED'],
    ['request-approval-expired', 'COMPLETED'],
    ['request-approval-withdrawn', 'COMPLETED'],
    ['request-approval-continued', 'COMPLETED'],
    ['promote-model-promoted-in-a-second-round', 'COMPLETED'],
    ['promote-model-cancelled', 'CANCELLED'],
    ['handle-triggers-made-way', 'COMPLETED'],
    ['handle-triggers-woken-while-it-settled', 'COMPLETED'],
    ['handle-triggers-continued', 'COMPLETED'],
    ['handle-deliveries-drained', 'COMPLETED'],
    ['reconcile-refs-head-refused', 'COMPLETED'],
    ['deliver-notifications-later', 'COMPLETED'],
  ])('brings %s to the same end', async (name, status) => {
    const { handle } = await playEnding(room, name);
    expect((await handle.describe()).status.name).toBe(status);
  });
});
