import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { sign } from '@octokit/webhooks-methods';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openProgramRoom, type ProgramRoom } from './program-room.js';
import { createTinyRepository, type TinyRepository } from './tiny-repository.js';

const project = 'tried';
const branch = 'experiment/deep';

let room: ProgramRoom;
let repository: TinyRepository;
beforeAll(async () => {
  room = await openProgramRoom({ RATCHET_HOOK_SECRET: 'a-secret-of-hooks-that-is-long-enough' });
  await Promise.all([room.start('orchestrator'), room.start('cpu')]);
  repository = await createTinyRepository(join(room.stateDir, project), {
    'ratchet.project.yaml': (text) =>
      `${text.replace(/^project: .*$/m, `project: ${project}`)}\ntracked: { experiments: [experiment/*] }\n`,
  });
  expect((await room.ask('POST', '/api/v1/projects', { repo: repository.path })).status).toBe(200);
  await repository.branch(branch, { 'training/train.py': (text) => `${text}\n# deeper\n` });
});
afterAll(() => room.close());

const runs = async () => (await room.ask('GET', `/api/v1/runs?project=${project}`)).body.runs as unknown[];
const versions = () => room.stores.registry.list(project, 'tiny');

/** What became of a push to the branch. */
async function push(): Promise<string> {
  const { body: hook } = await room.ask('GET', `/api/v1/projects/${project}/hook`);
  const after = await repository.git('rev-parse', branch);
  const before = await repository.git('rev-parse', 'main');
  const body = JSON.stringify({
    ...{ ref: `refs/heads/${branch}`, before, after, repository: { clone_url: repository.path } },
  });
  const headers = {
    'content-type': 'application/json',
    'x-github-event': 'push',
    'x-github-delivery': randomUUID(),
    'x-hub-signature-256': await sign(hook.secret, body),
  };
  expect((await fetch(room.url + hook.path, { method: 'POST', headers, body })).status).toBe(202);
  for (const untilMs = Date.now() + 60_000; Date.now() < untilMs; await sleep(100)) {
    const found = (await room.ask('GET', `/api/v1/projects/${project}/deliveries`)).body.deliveries;
    if (found.length > 0 && found[0].status !== 'pending') return found[0].status;
  }
  throw new Error('nothing became of the push');
}

it('a push to an experiment branch starts nothing; a run of it that is asked for registers nothing', async () => {
  await push();
  expect(await runs()).toEqual([]);
  const { body } = await room.ask('POST', '/api/v1/runs', { project, model: 'tiny', ref: branch });
  const run = await room.shown(body.id, ({ endedAt }) => endedAt !== null);
  const reason = `nothing is registered: ${branch} is an experiment branch`;
  expect(run).toMatchObject({ status: 'succeeded', reason, version: null });
  const steps = run.steps.map(({ name, status }) => `${name} ${status}`);
  expect(steps.slice(-5)).toEqual([
    'train succeeded',
    'evaluate succeeded',
    'register skipped',
    'reference skipped',
    'policy skipped',
  ]);
  expect(Object.keys((await room.stores.runs.scores(run.id)) ?? {})).not.toEqual([]);
  expect(await versions()).toEqual([]);
  const usual = await room.ask('POST', '/api/v1/runs', { project, model: 'tiny', ref: 'main' });
  const main = await room.shown(usual.body.id, ({ endedAt }) => endedAt !== null);
  expect([main.status, main.version]).toEqual(['succeeded', 1]);
});
