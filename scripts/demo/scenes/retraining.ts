import type { Scene } from '../demo.js';
import { tell } from '../narrator.js';
import { loadCompany } from '../prepare-world.js';
import { runRatchet } from '../run-ratchet.js';
import { runStartedBy } from '../started-run.js';
import { expectStatus, followTraining } from '../train.js';

export const retrainingScene: Scene = {
  title: 'Ten weeks are over: the timetable trains anew',
  about:
    'ratchet.yaml of the main model has a timetable, which is a schedule of Temporal. Its next slot is days away, so one is fired on demand, on a day on which the cool-down is over: the run names the slot that it is of, learns from May and June too, and what comes of it waits for people as every version does.',
  async play(demo) {
    const place = `${demo.project}/late-arrival`;
    const { flights } = await loadCompany(demo.stack, '2013-06-30');
    await demo.clock.set('2013-07-10T00:00:00.000Z');
    tell(`the company's own database has ${flights} flights up to 2013-06-30 by then`);
    await runRatchet(demo, ['schedule', 'list', demo.project, '--as', 'dana']);
    await runRatchet(demo, ['schedule', 'run-now', place, 'weekly', '--as', 'dana']);
    const { runId } = await runStartedBy(demo, 'schedule', 'late-arrival');
    const run = await followTraining(demo, runId, 'weekly');
    expectStatus(run, 'succeeded');
    await runRatchet(demo, ['run', 'show', runId, '--as', 'dana']);
    tell(`version ${run.version} is a candidate and waits for two people; the champion stays meanwhile`);
  },
};
