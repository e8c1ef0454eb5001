import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunStatus } from '../../domain/names.js';
import { newRunId } from '../gateway/gateway-room.js';
import { type ServedGateway, serveGateway } from './served-gateway.js';

let served: ServedGateway;
let project: string;
beforeAll(async () => {
  served = await serveGateway();
  project = await served.room.newProject();
});
afterAll(() => served.close());

/** A run whose rows the test writes as a worker would. */
async function newRun() {
  const { runs } = served.room.deps;
  const id = newRunId();
  const causes = [{ kind: 'manual', at: '2026-01-01T00:00:00.000Z' }] as const;
  await runs.create({ id, project, model: 'delay', ref: 'main', variant: null, causes });
  const begin = (name: string, attempt = 1) =>
    runs.beginStep({ runId: id, name, attempt, worker: 'host/1/1' });
  return {
    id,
    begin,
    end: (status: RunStatus, reason: string | null) => runs.setStatus(id, status, reason),
    progress: (name: string, fence: number, progress: string) =>
      runs.updateStep(id, name, fence, { progress }),
    endStep: (name: string, fence: number) =>
      runs.endStep(id, name, fence, { status: 'succeeded', reason: null }),
  };
}

/** Until the watcher has seen what was written before: the first answer may have been on its way. */
async function look(): Promise<void> {
  const until = served.answered() + 2;
  while (served.answered() < until) await sleep(20);
}
/** Longer than the watcher waits between its looks. */
const lookInVain = () => sleep(900);

describe('ratchet run watch', () => {
  it('prints a line for every change and the run at its end', async () => {
    const run = await newRun();
    const watching = served.ratchet('run', 'watch', run.id);
    const fence = await run.begin('prepare');
    await look();
    await run.progress('prepare', fence, 'reading \u001b[31mred');
    await look();
    await run.endStep('prepare', fence);
    await run.begin('train', 2);
    await look();
    await run.end('succeeded', null);
    const { exitCode, stdout, stderr } = await watching;
    expect([exitCode, stderr]).toEqual([0, '']);
    const lines = stdout.split('\n\n')[0]?.split('\n') ?? [];
    expect(lines.slice(0, 2)).toEqual(['prepare   running', 'prepare   running  reading \\x1b[31mred']);
    expect(lines[2]).toMatch(/^prepare +succeeded in \d/);
    expect(lines[3]).toBe('train     running (attempt 2)');
    expect(stdout).toMatch(/\nstatus +succeeded\n/);
  });

  it.each([
    ['refused', 'PARITY_BROKEN: the answers differ', 3, 'PARITY_BROKEN: run ID refused: the answers differ'],
    ['failed', 'TRAINING_FAILED: it ended with 3', 2, 'TRAINING_FAILED: run ID failed: it ended with 3'],
    ['failed', 'CAPACITY_MISSING: no worker came', 5, 'CAPACITY_MISSING: run ID failed: no worker came'],
    ['failed', 'RUN_NOT_FOUND: gone', 4, 'RUN_NOT_FOUND: run ID failed: gone'],
    ['failed', 'the workflow timed out', 1, 'INTERNAL: run ID failed: the workflow timed out'],
    ['cancelled', 'cancelled', 3, 'CONFLICT: run ID was cancelled'],
  ] as const)('ends by who has to act: %s, %s', async (status, reason, exitCode, words) => {
    const run = await newRun();
    await run.end(status, reason);
    const text = await served.ratchet('run', 'watch', run.id);
    expect(text.stderr).toBe(`${words.replace('ID', run.id)}\n`);
    expect(text.exitCode).toBe(exitCode);
    const json = await served.ratchet('run', 'watch', run.id, '--json');
    expect([json.exitCode, json.json.status]).toEqual([exitCode, status]);
  });

  it('says nothing of the steps of before where a run was resumed', async () => {
    const run = await newRun();
    await run.endStep('prepare', await run.begin('prepare'));
    await run.endStep('dataset', await run.begin('dataset'));
    await run.begin('train');
    await run.end('failed', 'TRAINING_FAILED: it ended with 3');
    await sleep(5);
    await served.room.deps.runs.reopen(run.id, 'main', { by: 'ann', at: new Date().toISOString() });
    const watching = served.ratchet('run', 'watch', run.id);
    await look();
    await run.endStep('prepare', await run.begin('prepare'));
    await look();
    await run.end('failed', 'GIT_FAILED: the repository is away');
    const { stdout } = await watching;
    const [told = '', , steps = ''] = stdout.split('\n\n');
    expect(told.split('\n')).toEqual([expect.stringMatching(/^prepare +succeeded in \d/)]);
    expect(steps).toMatch(/^dataset +succeeded/m);
  });

  it('goes on when the gateway is restarted', async () => {
    const run = await newRun();
    const watching = served.ratchet('run', 'watch', run.id);
    await run.begin('prepare');
    await look();
    await served.stop();
    await lookInVain();
    await run.end('failed', 'TRAINING_FAILED: while nobody could look');
    await served.start();
    const { exitCode, stdout } = await watching;
    expect(exitCode).toBe(2);
    expect(stdout).toContain('while nobody could look');
  });

  it('says at once that there is no such run', async () => {
    expect(await served.ratchet('run', 'watch', newRunId())).toMatchObject({ exitCode: 4, stdout: '' });
  });
});
