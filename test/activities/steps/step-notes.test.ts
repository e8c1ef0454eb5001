import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test, vi } from 'vitest';
import { takeStepNotes } from '../../../activities/steps/step-notes.js';

test('what is told in quick succession is written once, the later of a kind', async () => {
  const write = vi.fn(async () => undefined);
  const notes = takeStepNotes(write);
  notes.tell({ progress: 'one' });
  notes.tell({ inputs: { code: 'c' } });
  notes.tell({ progress: 'two' });
  await vi.waitFor(() => expect(write).toHaveBeenCalledOnce());
  expect(write).toHaveBeenCalledWith({ progress: 'two', inputs: { code: 'c' } });
  notes.tell({ progress: 'three' });
  await vi.waitFor(() => expect(write).toHaveBeenCalledTimes(2));
  expect(write).toHaveBeenLastCalledWith({ progress: 'three' });
});

test('an end waits for what is being written, and nothing is written after it', async () => {
  const steps: string[] = [];
  const notes = takeStepNotes(async ({ progress }) => {
    steps.push(`begins ${progress}`);
    await sleep(100);
    steps.push(`ends ${progress}`);
  });
  notes.tell({ progress: 'one' });
  await vi.waitFor(() => expect(steps).toEqual(['begins one']));
  notes.tell({ progress: 'two' });
  await notes.end();
  expect(steps).toEqual(['begins one', 'ends one']);
  notes.tell({ progress: 'three' });
  await sleep(300);
  expect(steps).toEqual(['begins one', 'ends one']);
});
