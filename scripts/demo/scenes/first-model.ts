import { answered } from '../../../cli/open-client.js';
import type { Scene } from '../demo.js';
import { tell, tellCommand } from '../narrator.js';
import { followTraining, tellRefusals } from '../train.js';

export const firstModelScene: Scene = {
  title: 'From two data sources to a registered model, and a gate that says no',
  about:
    'Flights from the company database, weather and planes from the data lake: collected, cleaned, joined as they were known two hours before departure, proven, trained, judged. The strict policy asks for late flights of every carrier to be found nearly as often.',
  async play(demo) {
    const run = await followTraining(demo, demo.runIds[0] ?? '', 'logistic-regression');
    tellCommand(`dataset show ${demo.project}/late-arrival@1`);
    const dataset = await answered(
      demo.client.GET('/api/v1/datasets/{project}/{name}/{version}', {
        params: { path: { project: demo.project, name: 'late-arrival', version: '1' } },
      }),
    );
    tell(
      `${dataset.splits.train} rows to train, ${dataset.splits.validation} to validate, ${dataset.splits.test} that training never sees; ${dataset.quarantined} rows of the sources set aside; digest ${dataset.digest.slice(0, 12)}`,
    );
    const from = dataset.adoptedFrom;
    if (from !== null)
      tell(
        `nothing was built: project ${from.project} made these rows from the same definition and sources, and this one reuses its ${from.name}@${from.version}`,
      );
    for (const check of dataset.checks) tell(`${check.name}: ${check.verdict}: ${check.text}`);
    tellRefusals(run, 'version 1', 'even-carriers');
    tell('it stays registered, with every number, and is not live');
  },
};
