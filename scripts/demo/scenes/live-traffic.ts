import type { Scene } from '../demo.js';
import { moveWithTheData } from '../edits.js';
import { endpointName } from '../endpoint.js';
import { tell } from '../narrator.js';
import { loadCompany } from '../prepare-world.js';
import { pushBranch } from '../push.js';
import { runRatchet } from '../run-ratchet.js';
import { playDays } from '../traffic/play-days.js';
import { openTraffic } from '../traffic/traffic.js';
import { incidentsOf, judgedTruthTo } from '../traffic/watched.js';

export const liveTrafficScene: Scene = {
  title: 'April: the champion is watched',
  about:
    'From here on the model is to learn from the newest weeks, and is trained by alarms. An airline asks about each departure two hours before, with all that is known then; what came of it is told when it is known. Weeks are judged as they end, in the time of the flights.',
  async play(demo) {
    const commit = await demo.repository.commit(moveWithTheData, 'Learn from the newest weeks');
    await pushBranch(demo);
    const beganMs = Date.now();
    const traffic = await openTraffic(demo, commit);
    demo.traffic = traffic;
    tell(`the airline has what it knows of its flights (${((Date.now() - beganMs) / 1000).toFixed(1)} s)`);
    await playDays(demo, traffic, { from: '2013-04-01T00:00:00Z', to: '2013-04-29T00:00:00Z' });
    const { flights } = await loadCompany(demo.stack, '2013-04-28');
    tell(`the company's own database has ${flights} flights up to 2013-04-28 by then`);
    await playDays(demo, traffic, { from: '2013-04-29T00:00:00Z', to: '2013-04-30T02:00:00Z' });
    await judgedTruthTo(demo, '2013-04-29');
    const place = `${demo.project}/${endpointName}`;
    await runRatchet(demo, ['monitor', 'show', place, '--as', 'dana']);
    const incident = (await incidentsOf(demo)).find(({ kind }) => kind === 'harmful-drift');
    if (incident?.run === undefined || incident.run === null)
      throw new Error('April should have ended with harmful drift that asks for a run');
    await runRatchet(demo, ['incident', 'explain', incident.id, '--as', 'dana']);
  },
};
