import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { workflowBundle } from './workflow-bundle.js';

it('bundles the workflows of the sources once, for every suite that asks', async () => {
  const [one, two] = await Promise.all([workflowBundle(), workflowBundle()]);
  expect(one).toEqual(two);
  expect(readFileSync(one.codePath, 'utf8')).toContain('trainModel');
});
