import type { Scene } from '../demo.js';
import { tell } from '../narrator.js';
import { runRatchet } from '../run-ratchet.js';
import { until } from '../until.js';

export const letterScene: Scene = {
  title: 'A refused run goes back to its author',
  about:
    'Nobody has to watch. Whoever wrote the commit is told of the step, the reason, how far it is from passing, and the command that goes on; here a program of the company takes the letter, and has checked its signature.',
  async play(demo) {
    const runId = demo.runIds[0] ?? '';
    const { type, data } = await until('the letter arrives', async () =>
      demo.letters.arrived().find((letter) => letter.data.runId === runId),
    );
    if (type !== 'run.refused' || !data.to.includes('dana'))
      throw new Error(`the letter about run ${runId} should tell dana that it was refused`);
    tell(`${type}, for ${data.to.join(', ')}`);
    for (const line of [data.title, ...data.lines]) tell(`  ${line}`);
    await runRatchet(demo, ['notify', 'list', demo.project, '--as', 'dana']);
  },
};
