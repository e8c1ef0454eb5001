import { makeSplitFiles } from './made-files.js';
import { type Played, playSeed } from './play-seed.js';

/** Plays the seeds, and tells of each that broke a promise, or of all. True where none did. */
export async function soakPorts(seeds: readonly number[], isTold: boolean): Promise<boolean> {
  const files = await makeSplitFiles();
  const began = performance.now();
  const totals = { played: 0, faults: 0, broken: 0 };
  for (const seed of seeds) {
    const played = await playSeed(seed, files);
    const isBroken = played.violations.length > 0;
    totals.played += 1;
    totals.faults += played.faults.length;
    totals.broken += isBroken ? 1 : 0;
    if (isBroken || isTold) console.log(tellPorts(played));
    if (totals.played % 50 === 0) console.log(`${totals.played} of ${seeds.length} seeds`);
  }
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  console.log(
    `${seeds.length} seeds from ${seeds[0]}: ${totals.faults} faults, ${totals.broken} seeds broke a promise, ${seconds} s`,
  );
  return totals.broken === 0;
}

/** What went wrong in a seed, what came of it, and how it is played again where a promise broke. */
export function tellPorts({ seed, scenario, faults, endings, violations }: Played): string {
  return [
    `seed ${seed}: ${JSON.stringify(scenario)}`,
    ...faults.map(({ where, kind }) => `  fault   ${kind}: ${where}`),
    ...endings.map((ending) => `  ended   ${ending}`),
    ...violations.map((violation) => `  BROKEN  ${violation}`),
    ...(violations.length > 0 ? [`  again   npm run soak -- --seed ${seed}`] : []),
  ].join('\n');
}
