import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { seededRandom } from '../../domain/stats/seeded-random.js';
import { until } from '../../scripts/soak/chaos/until.js';
import { name, openReleaseRoom, type ReleaseRoom } from './release-room.js';
import { applicationFiles } from './word-application.js';

const patienceMs = 200_000;

let room: ReleaseRoom;
beforeAll(async () => {
  room = await openReleaseRoom();
}, 300_000);
afterAll(() => room.close());

const answersOf = (word: string) => [{ chance: expect.any(Number), word }];
/** Digest of the code that is live. */
const liveCode = async () => (await room.live())?.wanted.application?.sha256;
const stepsOf = async (id: string) =>
  (await room.stores.releases.steps(id)).map((step) => `${step.name} ${step.status}`);
const shipped = [
  ...['prepare succeeded', 'test succeeded', 'contract succeeded', 'image skipped', 'scan skipped'],
  ...['deploy succeeded', 'verify succeeded', 'record succeeded'],
];

describe('an endpoint in the file of a model', { timeout: 600_000 }, () => {
  it('answers once its model has a champion, with the application beside it', async () => {
    const release = await until('the champion was released', patienceMs, async () => {
      const [found] = await room.stores.releases.list(name);
      return found?.endedAt ? found : undefined;
    });
    expect(release).toMatchObject({ status: 'succeeded', modelVersion: 1, causes: [{ kind: 'promotion' }] });
    expect(await stepsOf(release.id)).toEqual(shipped);
    expect(await room.predict()).toEqual(answersOf('first'));
  });

  it('answers with a change of its code, and with what was before by one step back', async () => {
    const first = await liveCode();
    await room.push(applicationFiles('second'));
    expect(await room.ended(await room.begin())).toMatchObject({ status: 'succeeded' });
    expect(await liveCode()).not.toBe(first);
    expect(await room.predict()).toEqual(answersOf('second'));
    const back = await room.begin('rollback');
    expect(await room.ended(back)).toMatchObject({ status: 'succeeded' });
    expect(await stepsOf(back)).toEqual(shipped.filter((step) => /prepare|deploy|verify|record/.test(step)));
    expect(await liveCode()).toBe(first);
    expect(await room.predict()).toEqual(answersOf('first'));
    const revisions = await room.stores.endpoints.revisions(name);
    const [third, second, oldest] = revisions.map(({ applicationCommit }) => applicationCommit);
    expect([third, second === third]).toEqual([oldest, false]);
    const times = revisions.map(({ from, until: end }) => [from, end]);
    expect(times).toHaveLength(3);
    // One ends when the next begins: newest first.
    expect(times.slice(1).map(([, end]) => end)).toEqual(times.slice(0, -1).map(([from]) => from));
  });
});

describe('what is live', { timeout: 600_000 }, () => {
  afterEach(async () => {
    await room.push(applicationFiles('first'));
  });

  it('is not touched by code whose own test fails, and its people are told why', async () => {
    const before = await room.live();
    await room.push(applicationFiles('third', 'throw new Error("nobody counts to three")'));
    const release = await room.ended(await room.begin());
    expect(release).toMatchObject({
      status: 'failed',
      reason: expect.stringMatching(/^APPLICATION_FAILED: .*nobody counts to three/s),
    });
    expect(await stepsOf(release.id)).toEqual(['prepare succeeded', 'test failed']);
    expect(await room.live()).toEqual(before);
    expect(await room.predict()).toEqual(answersOf('first'));
    const letter = await until('its people are told', patienceMs, async () =>
      (await room.stores.outbox.list({ project: name.project })).find(
        ({ notice }) => notice.kind === 'release.failed',
      ),
    );
    expect(letter.notice.lines.join('\n')).toContain('nobody counts to three');
  });

  it('is not touched by code that is no program', async () => {
    const before = await room.live();
    await room.push({ 'app/src/application.ts': 'export const application = {' });
    const release = await room.ended(await room.begin());
    expect(release).toMatchObject({ status: 'failed', reason: expect.stringMatching(/^APPLICATION_/) });
    expect(await room.live()).toEqual(before);
    expect(await room.predict()).toEqual(answersOf('first'));
  });

  it('comes back by itself where the new revision does not become ready', async () => {
    const before = await room.live();
    const { config } = await room.stores.endpoints.get(name);
    const health = { ...config.health, readyWithin: '5 seconds' };
    await room.push(
      applicationFiles('first', '', "if (process.env['PLACE'] === 'nowhere') throw new Error('no');"),
    );
    await room.declare((known) => ({ ...known, health, environment: { PLACE: 'nowhere' } }));
    const release = await room.ended(await room.begin());
    await room.declare(() => config);
    expect(release).toMatchObject({
      status: 'refused',
      reason: expect.stringMatching(
        new RegExp(`^DEPLOY_FAILED: .*; revision ${before?.revision} answers$`, 's'),
      ),
    });
    expect(await room.live()).toEqual(before);
    expect(await room.predict()).toEqual(answersOf('first'));
    expect(await room.stores.endpoints.wanted(name)).toMatchObject({ revision: before?.revision });
  });
});

describe('a release whose worker is killed', { timeout: 900_000 }, () => {
  const seed = 7;
  const random = seededRandom(seed);

  it.each(['test', 'contract', 'deploy', 'verify', 'record'])(
    `in its step %s is one deployment, and requests are answered all the while (seed ${seed})`,
    async (step) => {
      await room.push(applicationFiles(step));
      const before = await room.stores.endpoints.revisions(name);
      const asking = askAllTheWhile();
      const id = await room.begin();
      await until(`the step ${step} began`, patienceMs, async () =>
        (await room.stores.releases.steps(id)).find((one) => one.name === step),
      );
      await new Promise((resolve) => setTimeout(resolve, Math.floor(random() * 300)));
      await room.replaceServing();
      expect(await room.ended(id)).toMatchObject({ status: 'succeeded', reason: null });
      expect(await asking.stop()).toEqual([]);
      expect(await stepsOf(id)).toEqual(shipped);
      const after = await room.stores.endpoints.revisions(name);
      expect(after).toHaveLength(before.length + 1);
      expect(after.filter((one) => one.until === null)).toMatchObject([{ revision: id }]);
      expect(await room.predict()).toEqual(answersOf(step));
    },
  );
});

/** Asks the endpoint again and again; what went wrong. */
function askAllTheWhile(): { stop(): Promise<readonly string[]> } {
  const failures: string[] = [];
  let isOver = false;
  const asking = (async () => {
    while (!isOver) {
      await room.predict().catch((error: unknown) => failures.push(String(error)));
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  })();
  return {
    async stop() {
      isOver = true;
      await asking;
      return failures;
    },
  };
}
