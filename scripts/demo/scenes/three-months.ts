import type { Scene } from '../demo.js';
import { lastThreeMonths } from '../edits.js';
import { tell } from '../narrator.js';
import { loadCompany } from '../prepare-world.js';
import { pushBranch } from '../push.js';
import { followTraining, startTraining, tellRefusals } from '../train.js';

const branch = 'three-months';

export const threeMonthsScene: Scene = {
  title: 'To train anew does not always help',
  about:
    'The year is over. A branch has learned from September to November alone, as if the newest months were enough, and is judged on December beside the champion, which learned from January to April and from nothing since. The newest months are not always the most like those to come.',
  async play(demo) {
    const { flights } = await loadCompany(demo.stack, '2013-12-31');
    tell(`the company's own database has ${flights} flights up to 2013-12-31 by then`);
    await demo.repository.commit(lastThreeMonths, 'The newest three months are enough', branch);
    await pushBranch(demo, branch);
    const id = await startTraining(demo, { model: 'late-arrival', ref: branch });
    const run = await followTraining(demo, id, branch);
    tellRefusals(run, branch, 'not-worse-than-the-champion');
  },
};
