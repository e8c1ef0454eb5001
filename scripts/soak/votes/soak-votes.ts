import { resolve } from 'node:path';
import { openChaosStack } from '../chaos/chaos-stack.js';
import { type PlayedVotes, playVotes } from './play-votes.js';

/** Plays the seeds on one stack and tells of each. True where no promise broke. */
export async function soakVotes(seeds: readonly number[]): Promise<boolean> {
  const chaos = await openChaosStack(resolve('.ratchet/votes'));
  let broken = 0;
  try {
    for (const seed of seeds) {
      const played = await playVotes(seed, chaos);
      console.log(tellVotes(played));
      broken += played.violations.length > 0 ? 1 : 0;
    }
  } finally {
    await chaos.close();
  }
  console.log(`${seeds.length} seeds: ${broken} broke a promise`);
  return broken === 0;
}

/** What was cast and killed in a seed, and how it is played again where a promise broke. */
export function tellVotes({ seed, seconds, votes, violations }: PlayedVotes): string {
  return [
    `seed ${seed}, ${seconds.toFixed(1)} s`,
    ...votes.map((vote) => `  cast    ${vote}`),
    ...violations.map((violation) => `  BROKEN  ${violation}`),
    ...(violations.length > 0 ? [`  again   npm run soak -- --suite votes --seed ${seed}`] : []),
  ].join('\n');
}
