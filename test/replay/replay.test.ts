import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from '@temporalio/worker';
import { DeterminismViolationError } from '@temporalio/workflow';
import { beforeAll, describe, expect, it } from 'vitest';
import { workflowBundle } from '../setup/workflow-bundle.js';
import { endings } from '../workflows/endings.js';
import { installQuietRuntime } from '../workflows/quiet-runtime.js';

const folder = fileURLToPath(new URL('histories/', import.meta.url));
const names = readdirSync(folder).map((file) => file.replace(/\.json$/, ''));
const historyOf = (name: string) => JSON.parse(readFileSync(`${folder}${name}.json`, 'utf8'));

let bundle: { readonly codePath: string };
beforeAll(async () => {
  installQuietRuntime();
  bundle = await workflowBundle();
});

describe('recorded histories', () => {
  it('are there for every story and every ending', () => {
    expect(names.sort()).toEqual(Object.keys(endings).sort());
  });

  it.each(names)('%s replays with the stories as they are', async (name) => {
    await Worker.runReplayHistory({ workflowBundle: bundle }, historyOf(name));
  });

  it('would show a story that does another thing', async () => {
    const history = JSON.stringify(historyOf('train-model-succeeded')).replaceAll('"prepareRun"', '"other"');
    const replay = Worker.runReplayHistory({ workflowBundle: bundle }, JSON.parse(history));
    await expect(replay).rejects.toThrow(DeterminismViolationError);
  });
});
