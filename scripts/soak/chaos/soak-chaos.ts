import { resolve } from 'node:path';
import { openChaosStack } from './chaos-stack.js';
import { type PlayedChaos, playChaos } from './play-chaos.js';

/** Plays the seeds on one stack and tells of each. True where no promise broke. */
export async function soakChaos(seeds: readonly number[]): Promise<boolean> {
  const chaos = await openChaosStack(resolve('.ratchet/chaos'));
  let broken = 0;
  try {
    for (const seed of seeds) {
      const played = await playChaos(seed, chaos);
      console.log(tellChaos(played));
      broken += played.violations.length > 0 ? 1 : 0;
    }
  } finally {
    await chaos.close();
  }
  console.log(`${seeds.length} seeds: ${broken} broke a promise`);
  return broken === 0;
}

/** What was killed in a seed, what came of it, and how it is played again where a promise broke. */
export function tellChaos({ seed, seconds, kills, trainers, endings, violations }: PlayedChaos): string {
  return [
    `seed ${seed}, ${seconds.toFixed(1)} s`,
    ...kills.map((kill) => `  killed  ${kill}`),
    ...trainers.map((trainer) => `  trained ${trainer}`),
    ...endings.map((ending) => `  ended   ${ending}`),
    ...violations.map((violation) => `  BROKEN  ${violation}`),
    ...(violations.length > 0 ? [`  again   npm run soak -- --suite chaos --seed ${seed}`] : []),
  ].join('\n');
}
