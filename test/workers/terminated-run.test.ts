import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { workflowIds } from '../../domain/names.js';
import { until } from '../../scripts/soak/chaos/until.js';
import { openProgramRoom, type ProgramRoom } from './program-room.js';
import { createTinyRepository } from './tiny-repository.js';

const project = 'struck';
const ops = 'notifications:\n  ops: { kind: webhook, url: "secret://none", secret: "secret://none" }\n';
const patienceMs = 200_000;

let room: ProgramRoom;
beforeAll(async () => {
  room = await openProgramRoom();
  await room.start('orchestrator');
  const { path } = await createTinyRepository(join(room.stateDir, project), {
    'ratchet.project.yaml': (text) => text.replace(/^project: .*$/m, `project: ${project}`) + ops,
  });
  expect((await room.ask('POST', '/api/v1/projects', { repo: path })).status).toBe(200);
});
afterAll(() => room.close());

/** Asks for a run as a person does; the event. */
async function fire(reason: string): Promise<string> {
  const { body } = await room.ask('POST', `/api/v1/models/${project}/tiny/fire`, { reason });
  return body.id;
}

const runOf = (event: string) =>
  until('the event started a run', patienceMs, async () => {
    const { outcome } = await room.stores.triggers.get(event);
    return outcome?.kind === 'started' ? outcome.runId : undefined;
  });

describe('a run whose workflow is terminated behind our back', { timeout: 300_000 }, () => {
  it('ends with that reason once it is noticed, and its line goes on with what waits', async () => {
    const first = await runOf(await fire('first'));
    const handle = room.client.workflow.getHandle(workflowIds.trainModel(project, 'tiny', first));
    // Nobody trains yet, so the run is there for as long as it takes.
    await until('its workflow runs', patienceMs, async () => {
      const found = await handle.describe().catch(() => undefined);
      return found?.status.name === 'RUNNING' ? found : undefined;
    });
    const second = await fire('second');
    await handle.terminate('by hand');
    const run = await until('the row says so', patienceMs, async () => {
      const { body } = await room.ask('GET', `/api/v1/runs/${first}`);
      return body.endedAt === null ? undefined : body;
    });
    expect(run).toMatchObject({
      status: 'failed',
      reason: expect.stringContaining('was terminated from outside'),
    });
    const letter = await until('its people are told', patienceMs, async () =>
      (await room.stores.outbox.list({ project })).find(({ notice }) => notice.runId === first),
    );
    expect(letter.notice.kind).toBe('run.failed');
    await room.start('cpu');
    const next = await room.shown(await runOf(second), ({ endedAt }) => endedAt !== null);
    expect(next.status).toBe('succeeded');
    expect(next.causes).toMatchObject([{ facts: { reason: 'second' } }]);
  });
});
