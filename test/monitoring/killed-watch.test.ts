import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seedsOfCommit } from '../../scripts/soak/seeds-of-commit.js';
import { openPlace } from '../../scripts/soak/watch/place.js';
import { rowsOf } from '../../scripts/soak/watch/planned-days.js';
import { playWatch, type WatchRoom } from '../../scripts/soak/watch/play-watch.js';
import { tellWatch } from '../../scripts/soak/watch/soak-watch.js';
import { violationsOf } from '../../scripts/soak/watch/violations.js';
import { freshBucket, freshDatabase } from '../setup/stack.js';
import { makeHome, removeHome } from '../stack/fixtures/state-folder.js';

const { commit, seeds } = await seedsOfCommit();
const [seed = 0] = seeds;
const days = 20;
const home = makeHome();
let room: WatchRoom;
let drop: () => Promise<void>;
beforeAll(async () => {
  const database = await freshDatabase();
  drop = database.drop;
  room = { ...database, blobs: await freshBucket(), folder: home };
});
afterAll(async () => {
  await drop();
  removeHome(home);
});

describe(`a watch whose processes are killed, with a seed of commit ${commit}`, () => {
  it('loses nothing, judges each window once, and asks for a run once an incident; and would show it if not', async () => {
    const played = await playWatch(seed, days, room);
    console.log(tellWatch(played));
    expect(played.violations, tellWatch(played)).toEqual([]);
    const place = await openPlace(room);
    const name = { project: `watch-${seed}`, endpoint: 'web' };
    const [first, ...others] = rowsOf(played.plan);
    if (first === undefined) throw new Error('nothing was asked');
    const more = { ...first, id: first.id.replace(/.$/, (digit) => (digit === '0' ? '1' : '0')) };
    const rows = [first, ...others, more];
    const found = await violationsOf(place, { room, plan: played.plan, rows, name });
    await place.close();
    expect(found).toContainEqual(
      `${rows.length} predictions were recorded, and ${rows.length - 1} are there`,
    );
    expect(found).toContainEqual(expect.stringMatching(/counts \d+ rows, and \d+ had come$/));
  });
});
