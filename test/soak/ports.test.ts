import { beforeAll, describe, expect, it } from 'vitest';
import { makeSplitFiles, type SplitFiles } from '../../scripts/soak/made-files.js';
import { playSeed } from '../../scripts/soak/play-seed.js';
import { seedsOfCommit } from '../../scripts/soak/seeds-of-commit.js';
import { tellPorts } from '../../scripts/soak/soak-ports.js';

const { commit, seeds } = await seedsOfCommit();
let files: SplitFiles;

beforeAll(async () => {
  files = await makeSplitFiles();
});

describe(`runs over ports that fail, with the seeds of commit ${commit}`, () => {
  it.each(seeds)('keep every promise under the faults of seed %i', async (seed) => {
    const played = await playSeed(seed, files);
    expect(played.violations, tellPorts(played)).toEqual([]);
  });
});
