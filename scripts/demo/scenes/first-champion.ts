import { exitCodes } from '../../../cli/exit-codes.js';
import type { Scene } from '../demo.js';
import { askedAbout, championIs } from '../let-in.js';
import { tell } from '../narrator.js';
import { runRatchet } from '../run-ratchet.js';
import { expectStatus, followTraining, resumeTraining } from '../train.js';
import { voteBySignal } from '../vote-by-signal.js';

export const firstChampionScene: Scene = {
  title: 'Programs said yes; now two people must',
  about:
    'The run of version 1 goes on: nothing is trained again, only the policy is asked again. It passes, and asks two reviewers, none of whom made it.',
  async play(demo) {
    const id = demo.runIds[0] ?? '';
    await resumeTraining(demo, id);
    expectStatus(await followTraining(demo, id, 'version 1'), 'succeeded');
    const name = `${demo.project}/late-arrival@1`;
    await askedAbout(demo, 1);
    await runRatchet(demo, ['policy', 'explain', name, '--as', 'lisa']);
    await runRatchet(demo, ['approval', 'show', name, '--as', 'lisa']);
    const vote = (reason: string) => ['approval', 'vote', name, 'approve', '--reason', reason, '--as'];
    await runRatchet(demo, [...vote('I know it is good'), 'dana'], exitCodes.refused);
    await runRatchet(demo, [...vote('numbers and slices looked at'), 'lisa']);
    tell(
      'the other one votes by a signal of Temporal, which carries the id of a vote that is signed and stored:',
    );
    await voteBySignal(
      demo,
      'omar',
      { project: demo.project, subject: 'late-arrival@1' },
      'compared the origins',
    );
    await championIs(demo, 1);
    tell(`${name} is champion`);
  },
};
