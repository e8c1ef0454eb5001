import { resolve } from 'node:path';
import { openChaosStack } from '../chaos/chaos-stack.js';
import { type PlayedReleases, playReleases } from './play-releases.js';

/** Plays the seeds on one stack and tells of each. True where no promise broke. */
export async function soakReleases(seeds: readonly number[]): Promise<boolean> {
  const chaos = await openChaosStack(resolve('.ratchet/releases'));
  let broken = 0;
  try {
    for (const seed of seeds) {
      const played = await playReleases(seed, chaos);
      console.log(tellReleases(played));
      broken += played.violations.length > 0 ? 1 : 0;
    }
  } finally {
    await chaos.close();
  }
  console.log(`${seeds.length} seeds: ${broken} broke a promise`);
  return broken === 0;
}

/** What was killed in a seed, what came of it, and how it is played again where a promise broke. */
export function tellReleases({ seed, seconds, answers, unanswered, ...played }: PlayedReleases): string {
  return [
    `seed ${seed}, ${seconds.toFixed(1)} s, ${answers} requests answered, ${unanswered} not`,
    ...played.releases.map((release) => `  killed  ${release}`),
    ...played.violations.map((violation) => `  BROKEN  ${violation}`),
    ...(played.violations.length > 0 ? [`  again   npm run soak -- --suite releases --seed ${seed}`] : []),
  ].join('\n');
}
