import type { Scene } from '../demo.js';
import { tell } from '../narrator.js';
import { expectStatus, followTraining, startTraining } from '../train.js';

const models = ['late-arrival-js', 'odd-weather'];

export const anyLanguageScene: Scene = {
  title: 'Another language, and no labels',
  about:
    'The contract is files and an exit code: one trainer is JavaScript, and one model looks for unusual weather without labels.',
  async play(demo) {
    const ids = [];
    for (const model of models) ids.push(await startTraining(demo, { model }));
    const runs = await Promise.all(ids.map((id, at) => followTraining(demo, id, models[at] ?? '')));
    for (const run of runs) {
      expectStatus(run, 'succeeded');
      tell(`${run.model} is registered as version ${run.version}`);
    }
  },
};
