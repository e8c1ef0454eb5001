import { resolve } from 'node:path';
import { type PlayedServing, playServing } from './play-serving.js';

/** Plays so many requests for each seed and tells what came of them. True where no promise broke. */
export async function soakServing(seeds: readonly number[], requests: number): Promise<boolean> {
  let broken = 0;
  for (const seed of seeds) {
    const played = await playServing(seed, requests, resolve('.ratchet/soak-models'));
    console.log(tellServing(played));
    broken += played.violations.length > 0 ? 1 : 0;
  }
  console.log(`${seeds.length} seeds: ${broken} broke a promise`);
  return broken === 0;
}

/** Answers by kind, what ran beside them, and how it is played again where a promise broke. */
function tellServing({
  seed,
  answers,
  reloads,
  healthMs,
  eventLoopDelayMs: { p50, p99, longest },
  memoryMiB,
  violations,
}: PlayedServing): string {
  const at = (share: number) => (healthMs[Math.ceil(share * healthMs.length) - 1] ?? Number.NaN).toFixed(1);
  return [
    `seed ${seed}, ${[...answers.values()].reduce((sum, count) => sum + count, 0)} answers, ${reloads} reloads`,
    ...[...answers].toSorted().map(([name, count]) => `  ${name.padEnd(14)} ${count}`),
    `  health         ${healthMs.length} asked, p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, longest ${at(1)} ms`,
    `  event loop     waits p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms, longest ${longest.toFixed(1)} ms`,
    `  memory         ${memoryMiB.map((of) => of.toFixed(0)).join(', ')} MiB, before the first request and after each tenth`,
    ...violations.map((violation) => `  BROKEN  ${violation}`),
    ...(violations.length > 0 ? [`  again   npm run soak -- --suite serving --seed ${seed}`] : []),
  ].join('\n');
}
