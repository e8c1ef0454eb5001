import { WorkflowFailedError } from '@temporalio/client';
import { ActivityFailure, ApplicationFailure, CancelledFailure } from '@temporalio/common';
import { describe, expect, it } from 'vitest';
import { playEnding } from './endings.js';
import { dataset } from './fake-activities.js';
import { sharedStoryRoom } from './shared-story-room.js';

const room = sharedStoryRoom({ maxCachedWorkflows: 50 });

/** What a caller of a story finds behind its failure. */
function rootOf(failure: unknown): unknown {
  const cause = failure instanceof WorkflowFailedError ? failure.cause : failure;
  return cause instanceof ActivityFailure ? cause.cause : cause;
}

describe('ingestDataset', () => {
  it('collects, builds, proves and publishes, each with what came before', async () => {
    const { result } = await playEnding(room, 'ingest-dataset-published');
    expect(result).toEqual(dataset);
    expect(room.called()).toEqual(['collectTables', 'buildDataset', 'proveDataset', 'publishDataset']);
    expect(room.given('publishDataset')).toMatchObject({
      collected: [{ table: 'points' }],
      built: { digest: 'd' },
      proven: [{ verdict: 'pass' }],
    });
  });

  it('publishes nothing that a proof refuses', async () => {
    const { failure } = await playEnding(room, 'ingest-dataset-refused');
    expect(rootOf(failure)).toMatchObject({ type: 'LEAKAGE', message: 'rows at the cut changed' });
    expect(room.called()).not.toContain('publishDataset');
  });

  it('stops where it is cancelled', async () => {
    const { failure, handle } = await playEnding(room, 'ingest-dataset-cancelled');
    expect(rootOf(failure)).toBeInstanceOf(CancelledFailure);
    expect((await handle.describe()).status.name).toBe('CANCELLED');
    expect(room.called()).toEqual(['collectTables']);
  });
});

describe('the stories of one step', () => {
  it.each([
    ['apply-project-applied', { project: 'tiny', commit: 'c', models: ['points'], change: null }],
    [
      'plan-project-planned',
      expect.objectContaining({ project: 'tiny', commit: expect.objectContaining({ ref: 'deeper' }) }),
    ],
    ['rebuild-dataset-equal', { version: 3, digest: 'd', rebuiltDigest: 'd', equal: true }],
    ['tag-dataset-tagged', { version: 3, where: 'x > 3', rows: 12 }],
    ['reconcile-runs-done', { checked: 2, mended: 1 }],
    ['sweep-blobs-done', { deleted: 6 }],
    ['checkpoint-audit-signed', { seq: 12, signed: true }],
    ['maintain-partitions-done', { made: 2, dropped: 1, forgotten: 4, matched: 3 }],
  ])('give what their activity gives: %s', async (name, wanted) => {
    const { result } = await playEnding(room, name);
    expect(result).toEqual(wanted);
  });

  it.each([
    ['apply-project-refused', 'CONFIG_INVALID'],
    ['plan-project-refused', 'CONFIG_INVALID'],
    ['rebuild-dataset-refused', 'DATASET_NOT_FOUND'],
    ['tag-dataset-refused', 'DATASET_SQL'],
    ['apply-project-failed-to-declare-schedules', 'INTERNAL'],
    ['reconcile-runs-failed', 'INTERNAL'],
    ['sweep-blobs-failed', 'INTERNAL'],
    ['checkpoint-audit-refused', 'AUDIT_BROKEN'],
    ['maintain-partitions-failed', 'INTERNAL'],
  ])('fail with its code: %s', async (name, type) => {
    const { failure } = await playEnding(room, name);
    expect(rootOf(failure)).toBeInstanceOf(ApplicationFailure);
    expect(rootOf(failure)).toMatchObject({ type });
  });

  it('bring the schedules of a project to what was applied, after it was', async () => {
    await playEnding(room, 'apply-project-declared-schedules');
    expect(room.called()).toEqual(['readProject', 'declareSchedules']);
    expect(room.given('declareSchedules')).toEqual({ project: 'tiny' });
  });

  it('declare no schedules of what was refused', async () => {
    await playEnding(room, 'apply-project-refused');
    expect(room.called()).not.toContain('declareSchedules');
  });

  it('wake who waits after the runs are compared with the server', async () => {
    await playEnding(room, 'reconcile-runs-woke-who-waits');
    expect(room.called()).toEqual(['reconcileOpenRuns', 'wakeWaiting']);
  });

  it('tell of a run whose row they closed, as it could not itself', async () => {
    await playEnding(room, 'reconcile-runs-told-of-a-closed-one');
    expect(room.given('concludeRun')).toEqual({ runId: 'r' });
  });
});
