import { resolve } from 'node:path';
import { endpoint, type PlayedRelease, playRelease } from './play-release.js';
import { makePoints, trainOnPoints } from './points.js';
import { openReleaseStack } from './release-stack.js';
import { createServingProject, endOfRelease } from './serving-project.js';

const project = 'points';
const serving = `  ${endpoint}:
    application: { path: app }
    target: docker
    image: required
    health: { drain: 2 seconds }
`;

/** Plays the seeds on one stack and tells of each. True where no promise broke. */
export async function soakReleases(seeds: readonly number[]): Promise<boolean> {
  const stack = await openReleaseStack(resolve('.ratchet/releases'));
  let broken = 0;
  try {
    const points = makePoints(4000);
    const trained = await trainOnPoints(points);
    const shipped = await createServingProject(stack, { project, points, trained, serving });
    await endOfRelease(stack, { project, endpoint, beginning: 'champion-1' });
    for (const seed of seeds) {
      const played = await playRelease(seed, stack, shipped);
      console.log(tellRelease(played));
      broken += played.violations.length > 0 ? 1 : 0;
    }
  } finally {
    await stack.close();
  }
  console.log(`${seeds.length} seeds: ${broken} broke a promise`);
  return broken === 0;
}

/** What was killed in a seed, and how it is played again where a promise broke. */
export function tellRelease({ seed, seconds, kills, ending, violations }: PlayedRelease): string {
  return [
    `seed ${seed}, ${seconds.toFixed(1)} s`,
    ...kills.map((kill) => `  killed  ${kill}`),
    `  ended   ${ending}`,
    ...violations.map((violation) => `  BROKEN  ${violation}`),
    ...(violations.length > 0 ? [`  again   npm run soak -- --suite releases --seed ${seed}`] : []),
  ].join('\n');
}
