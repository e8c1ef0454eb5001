import { resolve } from 'node:path';
import { openChaosStack } from '../chaos/chaos-stack.js';
import { type PlayedEndpoint, playEndpoint } from './play-endpoint.js';

/** Plays the seeds on one stack and tells of each. True where no promise broke. */
export async function soakEndpoints(seeds: readonly number[]): Promise<boolean> {
  const chaos = await openChaosStack(resolve('.ratchet/endpoints'));
  let broken = 0;
  try {
    for (const seed of seeds) {
      const played = await playEndpoint(seed, chaos);
      console.log(tellEndpoint(played));
      broken += played.violations.length > 0 ? 1 : 0;
    }
  } finally {
    await chaos.close();
  }
  console.log(`${seeds.length} seeds: ${broken} broke a promise`);
  return broken === 0;
}

/** What was killed in a seed, what came of it, and how it is played again where a promise broke. */
export function tellEndpoint({ seed, seconds, answers, unanswered, ...played }: PlayedEndpoint): string {
  return [
    `seed ${seed}, ${seconds.toFixed(1)} s, ${answers} requests answered, ${unanswered} not`,
    ...played.releases.map((release) => `  killed  ${release}`),
    ...played.violations.map((violation) => `  BROKEN  ${violation}`),
    ...(played.violations.length > 0 ? [`  again   npm run soak -- --suite endpoints --seed ${seed}`] : []),
  ].join('\n');
}
