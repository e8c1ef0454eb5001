import type { Scene } from '../demo.js';
import { tell } from '../narrator.js';
import { pushBranch } from '../push.js';
import { expectStatus, followTraining, startTraining } from '../train.js';

export const failureScene: Scene = {
  title: 'A training that fails says why',
  about:
    'A branch has a change that breaks the training code. Its push starts nothing, as only main is followed; a run of it is started by hand. The reason is what the code said last, and one command goes on after the fix.',
  async play(demo) {
    const ref = await demo.repository.commitBrokenTraining();
    await pushBranch(demo, ref);
    const id = await startTraining(demo, { model: 'late-arrival', ref });
    const run = await followTraining(demo, id, 'broken');
    expectStatus(run, 'failed');
    tell(`reason: ${run.reason}`);
    tell(`its log: ratchet run logs ${id}`);
    tell(`after a fix: ratchet run resume ${id}`);
  },
};
