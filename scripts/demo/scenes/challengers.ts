import { answered } from '../../../cli/open-client.js';
import { printComparison } from '../../../cli/run-print.js';
import type { Scene } from '../demo.js';
import { tell, tellCommand } from '../narrator.js';
import { followTraining, startTraining, tellRefusals } from '../train.js';

const variants = ['hist-gradient-boosting', 'random-forest'];

export const challengersScene: Scene = {
  title: 'Two more algorithms on the same data',
  about:
    'The configuration chooses; the dataset has not changed, so it is used again, not rebuilt. Whoever does much better in training than on rows it never saw has learned by heart.',
  async play(demo) {
    const ids = [];
    for (const variant of variants) ids.push(await startTraining(demo, { model: 'late-arrival', variant }));
    const runs = await Promise.all(ids.map((id, at) => followTraining(demo, id, variants[at] ?? '')));
    const all = [demo.runIds[0] ?? '', ...ids];
    tellCommand(`run compare ${all.map((id) => id.slice(0, 8)).join(' ')}`);
    const found = await answered(
      demo.client.GET('/api/v1/runs/compare', { params: { query: { ids: all.join(',') } } }),
    );
    printComparison(found);
    tell('an asterisk marks the better number; the policy does not choose by the best one');
    for (const [at, run] of runs.entries()) tellRefusals(run, variants[at] ?? '', 'not-over-fitted');
  },
};
