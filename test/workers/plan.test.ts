import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { components } from '../../cli/generated/api.js';
import { workflowIds } from '../../domain/names.js';
import { type Answer, openProgramRoom, type ProgramRoom } from './program-room.js';
import { createTinyRepository, type TinyRepository } from './tiny-repository.js';

type Plan = components['schemas']['Plan'];

const project = 'planned';
const projectFile = 'ratchet.project.yaml';
const modelFile = 'models/tiny/ratchet.yaml';
const weekly = '\ntriggers:\n  schedules:\n    weekly: { cron: "0 3 * * 1", timeZone: Europe/Amsterdam }\n';

let room: ProgramRoom;
let repository: TinyRepository;
beforeAll(async () => {
  room = await openProgramRoom();
  await room.start('orchestrator');
  repository = await createTinyRepository(join(room.stateDir, project), {
    [projectFile]: (text) => text.replace(/^project: .*$/m, `project: ${project}`),
    [modelFile]: (text) => text + weekly,
  });
  expect((await room.ask('POST', '/api/v1/projects', { repo: repository.path })).status).toBe(200);
});
afterAll(() => room.close());

/** Plans have a small budget; whoever is over it waits as long as it says. */
async function ask(ref?: string): Promise<Answer> {
  const path = `/api/v1/projects/${project}/plan`;
  for (;;) {
    const answer = await room.ask('POST', path, ref === undefined ? {} : { ref });
    if (answer.status !== 429) return answer;
    await sleep(answer.body.error.details.retryAfterSeconds * 1000);
  }
}

async function plan(ref?: string): Promise<Plan> {
  const { status, body } = await ask(ref);
  expect(status, JSON.stringify(body)).toBe(200);
  return body;
}

/** Until everything is as Git has it again. */
async function untilNoDrift(): Promise<void> {
  for (const untilMs = Date.now() + 60_000; ; await sleep(200)) {
    const { drift } = await plan();
    if (drift.length === 0) return;
    if (Date.now() > untilMs) throw new Error(`it is not put back: ${JSON.stringify(drift)}`);
  }
}

const lookAtRefs = () => room.client.schedule.getHandle(workflowIds.reconcileRefs(project)).trigger();
const putBack = async (action: string) =>
  (await room.stores.audit.list({ project, action })).map(({ details }) => JSON.parse(details));

describe('a plan, on the whole stack', () => {
  it('of what is applied changes nothing and trains nothing', async () => {
    const head = await repository.git('rev-parse', 'HEAD');
    expect(await plan()).toMatchObject({
      commit: { id: head, ref: 'refs/heads/main', author: 'Dana Scientist <dana@example.com>' },
      ...{ since: head, files: 0, changes: [], runs: [], suppressed: [], drift: [], approval: null },
      notice: null,
    });
  });

  it('says what a branch creates, updates and removes, what trains by which risk, and changes nothing itself', async () => {
    await repository.branch('deeper', {
      [projectFile]: (text) =>
        `${text}members:\n  - { name: dana, emails: [dana@example.com], roles: [admin] }\nbudgets: { runsPerWeek: 3 }\n`,
      [modelFile]: (text) =>
        text
          .replace('seconds_per_epoch: 0.1 }\n  variants', 'seconds_per_epoch: 0.2 }\n  variants')
          .replace('weekly: { cron: "0 3 * * 1"', 'nightly: { cron: "0 4 * * *"'),
      'docs/notes.md': 'Deeper.',
    });
    const found = await plan('deeper');
    const lines = found.changes.map(({ change, part, name }) => `${change} ${part} ${name}`);
    expect(lines).toEqual([
      'update setting budgets',
      'update model tiny',
      'create schedule schedule/planned/tiny/nightly',
      'remove schedule schedule/planned/tiny/weekly',
      'create member dana',
    ]);
    expect(found.changes[1]).toMatchObject({ because: 'training, triggers of its ratchet.yaml' });
    expect(found.runs).toEqual([
      {
        ...{ model: 'tiny', paths: [modelFile], files: 1, risk: 'medium', waits: null },
        changes: [
          {
            ...{ type: 'hyperparameters', risk: 'medium' },
            because: 'training.hyperparameters.seconds_per_epoch is another one',
          },
        ],
      },
    ]);
    expect((await plan()).changes).toEqual([]);
    expect(await room.stores.accounts.members(project)).toEqual([]);
  });

  it('of training code that changed is of high risk, and of a held model says who holds it', async () => {
    await repository.branch('code', { 'training/train.py': (text) => `${text}\n# more\n` });
    const hold = { reason: 'the source is being moved' };
    expect((await room.ask('POST', `/api/v1/models/${project}/tiny/hold`, hold)).status).toBe(200);
    expect((await plan('code')).runs).toMatchObject([
      { model: 'tiny', risk: 'high', waits: expect.stringContaining('the source is being moved') },
    ]);
    expect((await room.ask('POST', `/api/v1/models/${project}/tiny/release`, hold)).status).toBe(200);
  });

  it('of a pull request is told by its head, which no run may begin with', async () => {
    await repository.branch('stranger', { 'training/train.py': (text) => `${text}\n# theirs\n` });
    await repository.git('update-ref', 'refs/pull/7/head', 'stranger');
    await repository.git('branch', '--quiet', '-D', 'stranger');
    expect((await plan('refs/pull/7/head')).runs).toMatchObject([{ model: 'tiny', risk: 'high' }]);
    const run = await room.ask('POST', '/api/v1/runs', { project, model: 'tiny', ref: 'refs/pull/7/head' });
    const ended = await room.shown(run.body.id, ({ endedAt }) => endedAt !== null);
    expect(ended).toMatchObject({ status: 'failed', reason: expect.stringContaining('GIT_NOT_FOUND') });
  });

  it('is refused for what applying is refused for, and for a ref that is not there', async () => {
    await repository.branch('broken', {
      [modelFile]: (text) => text.replace('task: classification', 'task: guessing'),
    });
    const broken = await ask('broken');
    expect(broken).toMatchObject({ status: 400, body: { error: { code: 'CONFIG_INVALID' } } });
    expect(broken.body.error.message).toContain('guessing');
    await repository.branch('other', {
      [projectFile]: (text) => text.replace(`project: ${project}`, 'project: other'),
    });
    expect((await ask('other')).body.error.message).toContain(`allowed is ${project}`);
    expect(await ask('nowhere')).toMatchObject({ body: { error: { code: 'GIT_NOT_FOUND' } } });
  });
});

describe('what somebody changed past Git', () => {
  it('in the rows of models and settings is shown, put back, and audited', async () => {
    const [line] = await room.stores.modelLines.list(project);
    if (line === undefined) throw new Error('the project has a model');
    const { config, ...row } = await room.stores.projects.get(project);
    await room.stores.modelLines.put(project, [{ ...line, owner: 'mallory' }]);
    await room.stores.projects.putModels({ ...row, config: { ...config, budgets: { runsPerWeek: 999 } } });
    const { drift } = await plan();
    expect(drift.map(({ part, name }) => `${part} ${name}`)).toEqual(['model tiny', 'setting budgets']);
    expect(drift[0]?.is).toContain('it is put back');
    await lookAtRefs();
    await untilNoDrift();
    expect(await room.stores.modelLines.get(project, 'tiny')).toEqual(line);
    expect((await room.stores.projects.get(project)).config.budgets).toEqual({});
    expect(await putBack('project.put-back')).toEqual([
      { commit: line.commit, drift: expect.stringContaining('model tiny: its row is not as in') },
    ]);
  });

  it('is put back also where every row is gone', async () => {
    const before = await room.stores.modelLines.list(project);
    await room.stores.modelLines.put(project, []);
    expect((await plan()).drift.map(({ part, name }) => `${part} ${name}`)).toContain('model tiny');
    await lookAtRefs();
    await untilNoDrift();
    expect(await room.stores.modelLines.list(project)).toEqual(before);
  });

  it('in the schedules of the server is shown, put back, and audited', async () => {
    const id = workflowIds.fireSchedule(project, 'tiny', 'weekly');
    await room.client.schedule.getHandle(id).delete();
    expect((await plan()).drift).toMatchObject([
      { part: 'schedule', name: id, is: expect.stringContaining('by hand') },
    ]);
    await lookAtRefs();
    await untilNoDrift();
    expect(await putBack('schedule.put-back')).toMatchObject([{ schedule: id, was: 'gone' }]);
  });
});
