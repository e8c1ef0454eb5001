import type { Demo, Scene } from '../demo.js';
import { releaseCalled } from '../endpoint.js';
import { askedAbout, championIs } from '../let-in.js';
import { tell } from '../narrator.js';
import { runRatchet } from '../run-ratchet.js';
import { runStartedBy } from '../started-run.js';
import { expectStatus, followTraining, startTraining } from '../train.js';

export const driftRetrainingScene: Scene = {
  title: 'The incident trains anew, and people let the new one in',
  about:
    'One incident, one run. It learns from all weeks up to the middle of April, is judged beside the champion on the last one, and asks two people as every version does: a machine that starts a training lets nothing in.',
  async play(demo) {
    const { event, runId } = await runStartedBy(demo, 'monitoring', 'late-arrival');
    await runRatchet(demo, ['trigger', 'show', event.id, '--as', 'dana']);
    const run = await followTraining(demo, runId, 'by drift');
    expectStatus(run, 'succeeded');
    const version = run.version ?? 0;
    const name = `${demo.project}/late-arrival@${version}`;
    await askedAbout(demo, version);
    await runRatchet(demo, ['policy', 'explain', name, '--as', 'lisa']);
    for (const [person, reason] of [
      ['lisa', 'better on the newest week'],
      ['omar', 'April is in it'],
    ] as const)
      await runRatchet(demo, ['approval', 'vote', name, 'approve', '--reason', reason, '--as', person]);
    await championIs(demo, version);
    tell(`${name} is champion; the one before stays one step back`);
    await runRatchet(demo, [
      'release',
      'watch',
      await releaseCalled(demo, `champion-${version}`),
      '--as',
      'dana',
    ]);
    await trainChallenger(demo);
  },
};

/** On the same weeks. People are asked about it and leave it; what it would have answered is looked at once June is over. */
async function trainChallenger(demo: Demo): Promise<void> {
  const variant = 'hist-gradient-boosting';
  const run = await followTraining(
    demo,
    await startTraining(demo, { model: 'late-arrival', variant }),
    variant,
  );
  if (run.version === null) throw new Error('the challenger should have been registered');
  demo.challenger = run.version;
}
