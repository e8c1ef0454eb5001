import type { WorkflowFailedError } from '@temporalio/client';
import { ActivityFailure, CancelledFailure } from '@temporalio/common';
import { describe, expect, it } from 'vitest';
import type { ActivityName } from './fake-activities.js';
import { releaseEndings } from './release-endings.js';
import { sharedStoryRoom } from './shared-story-room.js';

const room = sharedStoryRoom({ maxCachedWorkflows: 50 });

const playEnding = (name: string) => {
  const ending = releaseEndings[name];
  if (ending === undefined) throw new Error(`there is no ending ${name}`);
  return ending(room);
};

const closing: readonly ActivityName[] = ['closeRelease', 'tellOfRelease'];
const live: readonly ActivityName[] = ['deployRevision', 'verifyRevision', 'recordRevision'];
const skipped: readonly ActivityName[] = ['skipReleaseStep', 'skipReleaseStep'];
const stock: readonly ActivityName[] = ['skipReleaseStep', 'checkContract'];
const begun: readonly ActivityName[] = ['takeReleaseTurn', 'prepareRelease'];

describe('releaseServing', () => {
  it('brings the stock application to life, and says of each step that has nothing to do why', async () => {
    const { result } = await playEnding('release-serving-succeeded');
    expect(result).toMatchObject({ status: 'succeeded', reason: null });
    expect(room.called()).toEqual([...begun, ...stock, ...skipped, ...live, ...closing]);
    const reasons = room.calls.flatMap(({ name, input }) => (name === 'skipReleaseStep' ? [input] : []));
    expect(reasons).toMatchObject([
      { step: 'test', reason: expect.stringContaining('stock application') },
      { step: 'image', reason: expect.stringContaining('no engine is configured') },
      { step: 'scan', reason: 'there is no image' },
    ]);
    expect(room.given('closeRelease')).toMatchObject({ status: 'succeeded', reason: null });
  });

  it('tests serving code, holds it against its contract, and deploys what was built', async () => {
    await playEnding('release-serving-succeeded-with-code');
    const built = ['testApplication', 'checkContract'];
    expect(room.called()).toEqual([...begun, ...built, ...skipped, ...live, ...closing]);
    expect(room.given('deployRevision')).toMatchObject({
      parts: { application: { uri: 's3://b/k' }, image: null },
    });
  });

  it('where there is an engine builds an image, scans it, and deploys it with what was signed about it', async () => {
    const { result } = await playEnding('release-serving-succeeded-with-an-image');
    expect(result).toMatchObject({ status: 'succeeded' });
    const imaged = ['buildImage', 'scanImage', 'signImage'];
    expect(room.called()).toEqual([...begun, ...stock, ...imaged, ...live, ...closing]);
    expect(room.given('deployRevision')).toMatchObject({
      parts: { image: { statements: { uri: 's3://b/k' } } },
    });
  });

  it('builds nothing to go back: what was live before is deployed as it was', async () => {
    const { result } = await playEnding('release-serving-rolled-back');
    expect(result).toMatchObject({ status: 'succeeded' });
    expect(room.called()).toEqual([...begun, ...live, ...closing]);
    expect(room.given('deployRevision')).toMatchObject({ parts: { application: { uri: 's3://b/before' } } });
  });

  it('waits for the release before it, and wakes whoever waits for itself', async () => {
    const { result } = await playEnding('release-serving-succeeded-after-another');
    expect(result).toMatchObject({ status: 'succeeded' });
    expect(room.called().slice(0, 3)).toEqual(['takeReleaseTurn', ...begun]);
  });

  it('ends without a word where a newer one took its place in the line, and touches nothing', async () => {
    const { result } = await playEnding('release-serving-superseded');
    expect(result).toEqual({ status: 'cancelled', reason: 'release-9 is newer', revision: null });
    expect(room.called()).toEqual(['takeReleaseTurn', 'takeReleaseTurn']);
  });

  it.each([
    ['failed-in-its-tests', 'failed', 'APPLICATION_FAILED: one test fails'],
    ['refused-by-the-contract', 'refused', 'API_BROKEN: field "delay" is gone'],
    ['refused-without-an-image', 'refused', 'IMAGE_REFUSED: no engine is configured'],
    ['refused-by-its-scan', 'refused', 'IMAGE_REFUSED: the verdict on the image is inconclusive'],
  ])('that is %s never comes to what is live', async (name, status, reason) => {
    const { result } = await playEnding(`release-serving-${name}`);
    expect(result).toEqual({ status, reason, revision: null });
    expect(room.called()).not.toContain('deployRevision');
    expect(room.called()).not.toContain('restoreRevision');
    expect(room.given('closeRelease')).toMatchObject({ status, reason });
    expect(room.called().slice(-2)).toEqual(closing);
  });

  it.each([
    [
      'refused-in-deploy',
      'refused',
      'DEPLOY_FAILED: it was not ready in 60 s; revision the-one-before answers',
    ],
    [
      'refused-in-verify',
      'refused',
      'ANSWERS_DIFFER: row 3 is 0.5 instead of 0.7; revision the-one-before answers',
    ],
    [
      'refused-where-nothing-was-live',
      'refused',
      'DEPLOY_FAILED: it was not ready in 60 s; nothing was live before it',
    ],
    [
      'failed-and-not-brought-back',
      'failed',
      'BLOB_CORRUPT: it broke; the revision before is brought back as soon as that works: PART_MISSING: no agent',
    ],
  ])('that is %s brings back what was live, and says so', async (name, status, reason) => {
    const { result } = await playEnding(`release-serving-${name}`);
    expect(result).toEqual({ status, reason, revision: null });
    expect(room.called().slice(-3)).toEqual(['restoreRevision', ...closing]);
    expect(room.called()).not.toContain('recordRevision');
    expect(room.given('closeRelease')).toMatchObject({ status, reason });
  });

  it.each(['line', 'prepare', 'its-tests'])('that is cancelled in %s leaves what is live', async (step) => {
    const { failure } = await playEnding(`release-serving-cancelled-in-${step}`);
    expect((failure as WorkflowFailedError).cause).toBeInstanceOf(CancelledFailure);
    expect(room.called()).not.toContain('deployRevision');
    expect(room.given('closeRelease')).toMatchObject({ status: 'cancelled' });
  });

  it('goes on to its end where it is cancelled once the deployment has begun', async () => {
    const { result } = await playEnding('release-serving-too-late-to-cancel');
    expect(result).toMatchObject({ status: 'succeeded' });
    expect(room.called().slice(-5)).toEqual([...live, ...closing]);
  });
});

describe('askEngine', () => {
  it('gives the answer of the agent', async () => {
    const { result } = await playEnding('ask-engine-done');
    expect(result).toMatchObject({ project: 'tiny', endpoint: 'live', revision: 'r' });
    expect(room.given('observeContainers')).toEqual({ project: 'tiny', endpoint: 'live' });
  });

  it.each([
    ['ask-engine-refused', 'ENGINE_REFUSED', 'it asks for root', 'deployContainers'],
    ['ask-engine-too-slow', 'PART_UNAVAILABLE', 'does not answer in time', 'observeContainers'],
  ] as const)(
    'that is %s says so once, and leaves the next try to whoever asked',
    async (name, code, words, verb) => {
      const { failure } = await playEnding(name);
      const { cause } = failure as WorkflowFailedError;
      const root = cause instanceof ActivityFailure ? cause.cause : cause;
      expect(root).toMatchObject({ type: code, message: expect.stringContaining(words) });
      expect(room.called()).toEqual([verb]);
    },
  );
});

describe('reconcileEndpoints', () => {
  it('looks after releases, then after what answers', async () => {
    const { result } = await playEnding('reconcile-endpoints-done');
    expect(result).toEqual({ brought: 1, removed: 0, failed: 0, closed: 0 });
  });

  it('asks no serving worker where nothing was ever declared', async () => {
    const { result } = await playEnding('reconcile-endpoints-nothing-declared');
    expect(result).toEqual({ brought: 0, removed: 0, failed: 0, closed: 0 });
    expect(room.called()).toEqual(['reconcileOpenReleases']);
  });

  it('starts a release that nobody started, and tells of one that could not tell itself', async () => {
    const { result } = await playEnding('reconcile-endpoints-mended-releases');
    expect(result).toMatchObject({ closed: 1 });
    expect(room.called()).toContain('prepareRelease');
    expect(room.calls.filter(({ name }) => name === 'tellOfRelease')[0]?.input).toEqual({ releaseId: 'a' });
  });
});
