import { setTimeout as sleep } from 'node:timers/promises';
import { answered } from '../../../cli/open-client.js';
import type { Demo, Scene } from '../demo.js';
import { tell, tellCommand } from '../narrator.js';
import { clientOf } from '../people.js';
import { expectStatus, followTraining, startTraining } from '../train.js';

export const cancellationScene: Scene = {
  title: 'A run that is cancelled half-way leaves nothing but its history',
  about: 'The training command is told to stop, then ended; what it had staged is deleted.',
  async play(demo) {
    const id = await startTraining(demo, { model: 'late-arrival', variant: 'random-forest' });
    const following = followTraining(demo, id, 'random-forest');
    await untilTraining(demo, id);
    tellCommand(`run cancel ${id} --as dana`);
    const client = await clientOf(demo, 'dana');
    await answered(client.POST('/api/v1/runs/{id}/cancel', { params: { path: { id } } }));
    const run = await following;
    expectStatus(run, 'cancelled');
    tell('no version was registered and nothing of it is staged');
  },
};

/** Half-way: the training command runs. */
async function untilTraining(demo: Demo, id: string): Promise<void> {
  for (;;) {
    const run = await answered(demo.client.GET('/api/v1/runs/{id}', { params: { path: { id } } }));
    if (run.endedAt !== null)
      throw new Error(`run ${id} ended as ${run.status} before it could be cancelled`);
    if (
      run.steps.some(
        (step) =>
          step.name === 'train' && step.status === 'running' && (step.progress ?? '').startsWith('training'),
      )
    )
      break;
    await sleep(100);
  }
  await sleep(1000);
}
