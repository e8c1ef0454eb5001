import type { Scene } from '../demo.js';
import { runRatchet } from '../run-ratchet.js';

export const whoLetItInScene: Scene = {
  title: 'What is live, who let it in, and on which data',
  about:
    'One command each. Every change is a row of one chain, written in the transaction of the change itself.',
  async play(demo) {
    const model = `${demo.project}/late-arrival`;
    await runRatchet(demo, ['model', 'live-at', model, new Date().toISOString(), '--as', 'lisa']);
    await runRatchet(demo, ['model', 'history', model, '--as', 'lisa']);
    await runRatchet(demo, ['audit', 'verify']);
  },
};
