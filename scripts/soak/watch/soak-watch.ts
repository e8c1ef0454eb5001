import { mkdir, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { migrate } from '../../../db/migrate.js';
import { startStack } from '../../../stack/start-stack.js';
import { loadConfig } from '../../../temporal.config.js';
import { withoutSettings } from '../../../test/setup/settings-free.js';
import { strikePart } from '../chaos/strike.js';
import { type PlayedWatch, playWatch, type WatchRoom } from './play-watch.js';

const days = 90;

/** Plays the seeds on a Postgres and a blob store of its own and tells of each. True where no promise broke. */
export async function soakWatch(seeds: readonly number[]): Promise<boolean> {
  const folder = resolve('.ratchet/watch');
  await rm(join(folder, 'work'), { recursive: true, force: true });
  await mkdir(join(folder, 'work'), { recursive: true });
  const env = withoutSettings(process.env);
  const stack = await startStack({
    ...{ stateDir: join(folder, 'state'), processes: false, ui: false, fresh: true, env },
    log: () => undefined,
  });
  let broken = 0;
  try {
    await migrate(stack.database.owner);
    const room: WatchRoom = {
      appUrl: stack.database.app,
      servingUrl: stack.database.serving ?? '',
      blobs: loadConfig(stack.env).blobs,
      folder: join(folder, 'work'),
      strikePostgres: async () => (await strikePart({ stack }, 'postgres')).back(),
    };
    for (const seed of seeds) {
      const played = await playWatch(seed, days, room);
      console.log(tellWatch(played));
      broken += played.violations.length > 0 ? 1 : 0;
    }
  } finally {
    await stack.stop();
  }
  console.log(`${seeds.length} seeds: ${broken} broke a promise`);
  return broken === 0;
}

/** What a seed was about, and how it is played again where a promise broke. */
export function tellWatch({ plan, seconds, deaths, violations }: PlayedWatch): string {
  const { seed, days: played, episodes, unwatched, silent } = plan;
  const told = episodes.map(({ kind, from, to }) => `${kind} on days ${from} to ${to - 1}`);
  return [
    `seed ${seed}, ${seconds.toFixed(1)} s: ${played} days, ${silent.size} without traffic, ${unwatched.size} unwatched, ${told.join(', ') || 'nothing happens'}`,
    ...deaths.map((death) => `  killed  ${death}`),
    ...violations.map((violation) => `  BROKEN  ${violation}`),
    ...(violations.length > 0 ? [`  again   npm run soak -- --suite watch --seed ${seed}`] : []),
  ].join('\n');
}
