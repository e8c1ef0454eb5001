import { createServer } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { workflowIds } from '../../domain/names.js';
import { newRunId } from '../gateway/gateway-room.js';
import { registerModel } from '../gateway/register-model.js';
import { runCommand } from './run-command.js';
import { type ServedGateway, serveGateway } from './served-gateway.js';

const hostile = '\u001b]0;owned\u0007\u001b[2J';
const shown = '\\x1b]0;owned\\x07\\x1b[2J';

let served: ServedGateway;
let project: string;
/** A project for runs alone, and its model. */
let trained: string;
let model: string;
beforeAll(async () => {
  served = await serveGateway();
  project = await served.room.newProject();
  trained = await served.room.newProject();
  model = `${trained}/delay`;
  await registerModel(served.room, project, {
    card: { purpose: 'x' },
    markdown: `# Delay\n\nFor ${hostile}.`,
  });
});
afterAll(() => served.close());

const ratchet = (...args: string[]) => served.ratchet(...args);

/** A run with its row alone. */
async function newRun(changes: { variant?: string } = {}): Promise<string> {
  const id = newRunId();
  const causes = [{ kind: 'manual', by: 'somebody', at: '2026-01-01T00:00:00.000Z' }] as const;
  const variant = changes.variant ?? null;
  await served.room.deps.runs.create({ id, project: trained, model: 'delay', ref: 'main', variant, causes });
  return id;
}

/** The same answer as text without escape sequences, and as JSON that is the gateway's. */
async function both(args: string[], path: string) {
  const text = await ratchet(...args);
  expect([text.exitCode, text.stderr]).toEqual([0, '']);
  expect(text.stdout).not.toContain('\u001b');
  const json = await ratchet(...args, '--json');
  expect(json.json).toEqual((await served.room.ask('GET', `/api/v1${path}`)).body);
  return text.stdout;
}

describe('what the commands print', () => {
  it('project list and show', async () => {
    expect(await both(['project', 'list'], '/projects')).toMatch(/^project +models +ref +commit +read\n/);
    const text = await both(['project', 'show', project], `/projects/${project}`);
    expect(text).toContain(`project     ${project}`);
    const found = await served.room.deps.projects.get(project);
    const config = { ...found.config, project: 'house', organisation: true, models: [] };
    await served.room.deps.projects.put({ ...found, name: 'house', config });
    expect((await ratchet('project', 'list')).stdout).toMatch(/\nhouse +policy of the organisation +main /);
    const house = (await ratchet('project', 'show', 'house')).stdout;
    expect(house).toContain('organisation  its policy.yaml holds for every project');
    expect(house).not.toContain('models');
    expect(text).toContain('models      delay');
    expect(text).toContain('sources     -');
  });

  it('dataset list, show, diff and tag', async () => {
    expect(await both(['dataset', 'list'], '/datasets')).toContain(`${project}/flights@1`);
    const at = `${project}/flights@1`;
    const text = await both(['dataset', 'show', at], `/datasets/${project}/flights/1`);
    expect(text).toContain('rows      70 train, 20 validation, 10 test');
    expect(text).toContain('features  planes v1');
    expect(text).toMatch(/set aside from +rows +of +reasons\nflights +2 +60 +null: 2\n/);
    expect(text).toContain('no column');
    const diff = await both(['dataset', 'diff', at, at], `/datasets/${project}/flights/1/diff?with=1`);
    expect(diff).toBe('nothing differs\n');
    expect((await ratchet('dataset', 'tag', at, 'gold')).stdout).toBe(`${at} is tagged gold\n`);
    const subset = { where: "origin = 'JFK'", rows: 12 };
    await served.room.deps.datasets.tag(project, 'flights', 1, 'some', subset);
    expect((await ratchet('dataset', 'show', `${project}/flights@some`)).stdout).toContain(
      "subsets   gold; some: origin = 'JFK' (12 rows)",
    );
    expect((await ratchet('dataset', 'list')).stdout).toContain('gold, some (12 rows)');
  });

  it('feature list and show', async () => {
    expect(await both(['feature', 'list', '--project', project], `/features?project=${project}`)).toContain(
      `${project}/planes`,
    );
    const text = await both(['feature', 'show', `${project}/planes`], `/features/${project}/planes`);
    expect(text).toMatch(/used by +version +view version\nflights +1 +1\n/);
    expect(text).toContain('no vectors are stored');
  });

  it('model list and show', async () => {
    const list = await both(['model', 'list', `${project}/delay`], `/models?project=${project}&model=delay`);
    expect(list).toMatch(/^model +alias +algorithm +dataset +commit +auc +registered\n/);
    expect(list).toContain(`${project}/delay@1`);
    const card = await both(['model', 'show', `${project}/delay@1`], `/models/${project}/delay/1`);
    expect(card).toBe(`# Delay\n\nFor ${shown}.\n`);
  });

  it('worker list', async () => {
    const { exitCode, stdout } = await ratchet('worker', 'list');
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^(no worker has been heard of|queue +host +pid)/);
  });

  it('run list, with the way to the next page', async () => {
    const [one, two] = [await newRun({ variant: 'forest' }), await newRun()];
    await served.room.deps.runs.putScores(one, { rocAuc: 0.81234 });
    const list = await both(['run', 'list', model], `/runs?project=${trained}&model=delay&limit=50`);
    expect(list).toMatch(/^run +model +variant +status +step +rocAuc +started +took\n/);
    expect(list).toContain('0.8123');
    const page = await ratchet('run', 'list', model, '--sort', 'rocAuc', '--limit', '1');
    expect(page.stdout).toContain(one);
    const next = /more: ratchet (run list .* --sort rocAuc --limit 1 --after \S+)\n/.exec(page.stdout)?.[1];
    const second = await ratchet(...(next ?? '').split(' '));
    expect(second.stdout).toContain(two);
    expect(second.stdout).not.toContain(one);
  });

  it('run show, with a reason that no terminal obeys', async () => {
    const id = await newRun({ variant: 'forest' });
    const { runs, blobs } = served.room.deps;
    const fence = await runs.beginStep({ runId: id, name: 'train', attempt: 2, worker: 'host/1/1' });
    await runs.endStep(id, 'train', fence, { status: 'refused', reason: hostile });
    await runs.putLog(id, 'train', await blobs.putBytes(new TextEncoder().encode(`1\n${hostile}`)));
    await runs.putRefusals(id, [{ what: 'model', rule: 'parity', actual: '0.4', limit: '1e-5' }]);
    await runs.setStatus(id, 'refused', `PARITY_BROKEN: ${hostile}`);
    const text = await both(['run', 'show', id], `/runs/${id}`);
    expect(text).toContain(`model    ${model} (forest)`);
    expect(text).toContain(`status   refused: PARITY_BROKEN: ${shown}\n`);
    expect(text).toMatch(/train +refused +2 +\d+ ms +/);
    expect(text).toMatch(/refused +rule +actual +limit\nmodel +parity +0\.4 +1e-5\n/);
    expect(text).toContain(
      `the log: ratchet run logs ${id} --step train\nafter a fix: ratchet run resume ${id}\n`,
    );
    expect((await ratchet('run', 'logs', id)).stdout).toBe(`1\n${shown}\n`);
    expect((await ratchet('run', 'logs', id, '--json')).json).toEqual({ step: 'train', text: `1\n${shown}` });
  });

  it('run logs of nothing is nothing, and people are told so', async () => {
    const id = await newRun();
    await served.room.deps.runs.putLog(id, 'train', await served.room.deps.blobs.putBytes(new Uint8Array()));
    const { exitCode, stdout, stderr } = await ratchet('run', 'logs', id);
    expect([exitCode, stdout, stderr]).toEqual([0, '', 'the train step wrote nothing\n']);
  });

  it('run compare, with the best number of a row', async () => {
    const [one, two] = [await newRun({ variant: 'forest' }), await newRun()];
    await served.room.deps.runs.putScores(one, { rocAuc: 0.7 });
    await served.room.deps.runs.putScores(two, { rocAuc: 0.8 });
    const text = await both(['run', 'compare', one, two], `/runs/compare?ids=${one},${two}`);
    expect(text).toMatch(new RegExp(`^what +forest ${one.slice(0, 8)} +${two.slice(0, 8)}\n`));
    expect(text).toMatch(/\nrocAuc +0\.7 +0\.8 \*\n\* the best of its row\n$/);
  });

  it('run start, cancel and resume', async () => {
    const id = newRunId();
    const started = await ratchet('run', 'start', model, '--id', id, '--variant', 'forest', '--ref', 'v1');
    expect(started.stdout).toBe(`${id}\nfollow it with: ratchet run watch ${id}\n`);
    expect((await ratchet('run', 'start', model, '--id', id, '--variant', 'forest')).exitCode).toBe(0);
    expect((await ratchet('run', 'cancel', id)).stdout).toBe(`${id} is being cancelled\n`);
    await served.room.deps.runs.setStatus(id, 'cancelled', 'cancelled');
    const handle = served.room.deps.client.workflow.getHandle(workflowIds.trainModel(trained, 'delay', id));
    await handle.terminate();
    expect((await ratchet('run', 'cancel', id)).stdout).toBe(`${id} has ended: cancelled\n`);
    const resumed = await ratchet('run', 'resume', id, '--ref', 'v2', '--json');
    expect(resumed.json).toMatchObject({ id, round: 1, ref: 'v2' });
    await handle.terminate();
    const { stdout } = await ratchet('run', 'show', id);
    expect(stdout).toMatch(/^cause +manual by admin$/m);
    expect(stdout).toMatch(/^resumed +once, by admin$/m);
  });
});

describe('an empty platform', () => {
  let empty: ServedGateway;
  beforeAll(async () => {
    empty = await serveGateway();
  });
  afterAll(() => empty.close());

  it.each([
    ['project list', 'no project yet: ratchet project add --repo <address>'],
    ['run list', 'no run: ratchet run start <project>/<model>'],
    ['dataset list', 'no dataset yet: a run makes one'],
    ['feature list', 'no feature view yet: a run declares those of its model'],
    ['model list', 'no model version yet: ratchet run start <project>/<model>'],
  ])('says at %s what would fill it', async (command, words) => {
    expect(await empty.ratchet(...command.split(' '))).toMatchObject({ exitCode: 0, stdout: `${words}\n` });
  });
});

describe('the exit code', () => {
  it.each([
    [2, 'REQUEST_INVALID', ['run', 'show', 'not-an-id']],
    [2, 'REQUEST_INVALID', ['run', 'list', '--limit', '500']],
    [4, 'RUN_NOT_FOUND', ['run', 'show', newRunId()]],
    [4, 'PROJECT_NOT_FOUND', ['run', 'start', 'nowhere/delay']],
    [4, 'NOT_FOUND', ['run', 'show', '']],
  ])('is %i for %s', async (exitCode, code, args) => {
    const result = await ratchet(...args);
    expect(result.stderr).toMatch(new RegExp(`^${code}: .*\n$`));
    expect([result.exitCode, result.stdout]).toEqual([exitCode, '']);
  });

  it('is 3 for what the state of a run does not allow', async () => {
    const id = await newRun();
    expect(await ratchet('run', 'resume', id)).toMatchObject({
      exitCode: 3,
      stderr: expect.stringContaining('CONFLICT'),
    });
  });

  it('is 2 for a wrong token', async () => {
    const env = { RATCHET_URL: served.url, RATCHET_TOKEN: 'another' };
    const { exitCode, stderr } = await runCommand(['run', 'list'], env);
    expect([exitCode, stderr]).toEqual([
      2,
      expect.stringContaining('UNAUTHENTICATED: this address needs a valid token'),
    ]);
  });

  it('is 5 where something else answers', async () => {
    const server = createServer((_, response) =>
      response.setHeader('content-type', 'text/html').end('<h1>Hello</h1>'),
    );
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const at = server.address();
    const port = at !== null && typeof at === 'object' ? at.port : 0;
    const { exitCode, stderr } = await ratchet('run', 'list', '--url', `http://127.0.0.1:${port}`);
    server.close();
    expect(stderr).toContain('PART_UNAVAILABLE: what answers at this address is not a gateway of Ratchet');
    expect(exitCode).toBe(5);
  });
});
