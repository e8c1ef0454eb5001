import type { Scene } from '../demo.js';
import { soonerLate } from '../edits.js';
import { endpointName, releaseCalled } from '../endpoint.js';
import { tell } from '../narrator.js';
import { pushBranch } from '../push.js';
import { runRatchet } from '../run-ratchet.js';

export const servingChangeScene: Scene = {
  title: 'A change of the serving code, and the way back',
  about:
    'Dana calls a flight late from 0.4 on, and pushes. No model is trained: the endpoint is released with the champion that it has, while the revision before goes on answering until the new one is ready. Then one command takes it back.',
  async play(demo) {
    const place = `${demo.project}/${endpointName}`;
    const commit = await demo.repository.commit(soonerLate, 'Call a flight late from 0.4 on');
    tell(`commit ${commit.slice(0, 12)}: serving/late-arrival/src/application.ts`);
    await pushBranch(demo);
    await runRatchet(demo, ['release', 'watch', await releaseCalled(demo, 'push-'), '--as', 'dana']);
    tell('a data scientist may not take it back; who runs the platform may');
    await runRatchet(demo, ['endpoint', 'rollback', place, '--reason', 'too many false alarms', '--watch']);
    await runRatchet(demo, ['endpoint', 'show', place, '--as', 'dana']);
  },
};
