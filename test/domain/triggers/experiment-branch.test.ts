import { expect, it } from 'vitest';
import { projectConfig } from '../../../domain/config/project.js';
import { experimentBranch } from '../../../domain/triggers/experiment-branch.js';

const config = projectConfig({
  ...{ version: 1, project: 'p', models: [{ name: 'm', path: 'm' }], sources: {} },
  tracked: { branch: 'live', experiments: ['experiment/*', 'live'] },
});

it.each([
  ['experiment/deep', 'experiment/deep'],
  ['refs/heads/experiment/deep', 'experiment/deep'],
  ['experiment/deep/er', null],
  ['main', null],
  ['a'.repeat(40), null],
  // What is tracked is no experiment.
  ['live', null],
  ['refs/heads/live', null],
])('%s is of the experiment branch %s', (ref, branch) => {
  expect(experimentBranch(ref, { config, ref: 'main' })).toBe(branch);
});
