import type { Scene } from '../demo.js';
import { leak, timetableAlone } from '../edits.js';
import { pushBranch } from '../push.js';
import { followTraining, startTraining, tellRefusals } from '../train.js';

/** Each with the rule that has to stop it. */
const candidates = [
  { ref: 'leak', rule: 'no-leak' },
  { ref: 'weak', rule: 'not-worse-than-the-champion' },
] as const;

export const worseCandidatesScene: Scene = {
  title: 'A leak and a weak model come no further',
  about:
    'One branch adds the delay at departure and declares it as known two hours before; the gate on looking ahead believes what tables declare, the policy goes by the numbers. Another leaves out weather and delays, and is worse than the champion on the same rows.',
  async play(demo) {
    const { repository } = demo;
    await repository.commit(leak, 'The delay at departure says a lot', 'leak');
    await repository.commit(timetableAlone, 'The timetable alone is enough', 'weak');
    for (const { ref } of candidates) await pushBranch(demo, ref);
    const ids = [];
    for (const { ref } of candidates) ids.push(await startTraining(demo, { model: 'late-arrival', ref }));
    const runs = await Promise.all(ids.map((id, at) => followTraining(demo, id, candidates[at]?.ref ?? '')));
    for (const [at, run] of runs.entries()) {
      const { ref = '', rule = '' } = candidates[at] ?? {};
      tellRefusals(run, ref, rule);
    }
  },
};
