import { answered } from '../../../cli/open-client.js';
import type { Scene } from '../demo.js';
import { tell, tellCommand } from '../narrator.js';
import { expectStatus, followTraining, startTraining } from '../train.js';

export const reuseScene: Scene = {
  title: 'A second model uses the same features again',
  about:
    'A regression on the minutes of delay declares the same feature views: their stored vectors are used, not computed.',
  async play(demo) {
    const id = await startTraining(demo, { model: 'arrival-delay' });
    expectStatus(await followTraining(demo, id, 'arrival-delay'), 'succeeded');
    tellCommand(`feature list --project ${demo.project}`);
    const { features } = await answered(
      demo.client.GET('/api/v1/features', { params: { query: { project: demo.project } } }),
    );
    for (const { name, version, kind, columns } of features)
      tell(`${name} v${version} (${kind}): ${columns.join(', ')}`);
  },
};
