import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { until } from '../../scripts/soak/chaos/until.js';
import { type GitServer, gitAuthority, serveRepositories } from './git-server.js';
import { openProgramRoom, type ProgramRoom } from './program-room.js';
import { byWebhookAlone, createPushedProject, idleModel, type PushedProject } from './pushed-project.js';

const patienceMs = 200_000;
const ops = 'notifications:\n  ops: { kind: webhook, url: "secret://none", secret: "secret://none" }\n';
const gone = '0'.repeat(40);

let room: ProgramRoom;
let server: GitServer;
let folder: string;
const projects = new Map<string, PushedProject>();
beforeAll(async () => {
  room = await openProgramRoom({
    RATCHET_HOOK_SECRET: 'a-secret-of-hooks-that-is-long-enough',
    RATCHET_GIT_ALLOWED_HOSTS: 'localhost',
    RATCHET_GIT_CA_FILE: gitAuthority,
  });
  folder = join(room.stateDir, 'bare');
  await mkdir(folder);
  server = await serveRepositories(folder);
  await room.start('orchestrator');
  projects.set('served', await twoModels('served', `${server.url}/served.git`));
  projects.set('local', await twoModels('local', join(folder, 'local.git')));
});
afterAll(async () => {
  await room.close();
  await server.close();
});

/** A project with the models `tiny` and `other`, each with training code of its own. */
const twoModels = (project: string, repo: string) =>
  createPushedProject(room, project, {
    folder,
    repo,
    edits: {
      'ratchet.project.yaml': (text) =>
        text
          .replace(/^project: .*$/m, `project: ${project}`)
          .replace(/^models:$/m, 'models:\n  - { name: other, path: models/other }') +
        ops +
        byWebhookAlone,
      'models/other/ratchet.yaml': idleModel('other', 'other-training'),
      'other-training/train.py': '# nothing yet\n',
    },
  });

/** Which models the push of a head was an event of, and the head before as they tell it. */
async function eventsOf(project: string, head: string) {
  const { events } = await room.stores.triggers.list({ project, key: `push:${head}` });
  return events
    .map(({ model, facts }) => ({ model, before: facts.kind === 'push' ? facts.before : undefined }))
    .toSorted((a, b) => (a.model < b.model ? -1 : 1));
}

const letters = async (project: string) =>
  (await room.stores.outbox.list({ project })).filter(({ notice }) => notice.kind === 'ref.gone');

describe.each(['served', 'local'])('a bare repository, %s', { timeout: 240_000 }, (name) => {
  let at: PushedProject;
  let first: string;
  beforeAll(() => {
    at = projects.get(name) as PushedProject;
  });

  /** Takes the newest commit back as if it had never been, on both sides. */
  async function takeBack(): Promise<void> {
    await at.work.git('reset', '--quiet', '--hard', 'HEAD^');
    await at.work.git('push', '--quiet', '--force', 'origin', 'main');
    await at.bare('gc', '--quiet', '--prune=now');
  }

  it('is told by a push which model the changed files are of', async () => {
    const before = await at.work.git('rev-parse', 'HEAD');
    first = await at.push({ 'other-training/train.py': '# first\n' });
    expect((await at.tell(first)).result).toMatch(/ trains other/);
    expect(await eventsOf(name, first)).toEqual([{ model: 'other', before }]);
  });

  it('whose head is pushed over is held against the old one, which this machine still has', async () => {
    await takeBack();
    const head = await at.push({ 'training/train.py': '# over the first\n' });
    await expect(at.bare('cat-file', '-e', first)).rejects.toThrow();
    await at.tell(head);
    expect(await eventsOf(name, head)).toEqual([
      { model: 'other', before: first },
      { model: 'tiny', before: first },
    ]);
  });

  it('whose old head nobody has any more trains every model, and says that it compared with nothing', async () => {
    await takeBack();
    const cache = join(room.stateDir, 'git');
    for (const mirror of await readdir(cache))
      if (mirror.endsWith('-history.git')) await rm(join(cache, mirror), { recursive: true });
    const head = await at.push({ 'README.md': 'Documentation.\n' });
    await at.tell(head);
    expect(await eventsOf(name, head)).toEqual([
      { model: 'other', before: null },
      { model: 'tiny', before: null },
    ]);
  });

  it('counts with the head that is there when a webhook is handled, not with the one that it told of', async () => {
    const told = await at.push({ 'training/train.py': '# told of\n' });
    await takeBack();
    const head = await at.push({ 'other-training/train.py': '# instead\n' });
    const { result } = await at.tell(told);
    expect(result).toContain(head.slice(0, 12));
    expect(await eventsOf(name, told)).toEqual([]);
    expect(await eventsOf(name, head)).toMatchObject([{ model: 'other' }]);
  });

  it('whose tracked branch is deleted says so once, and goes on where it was when the branch is back', async () => {
    const last = await at.work.git('rev-parse', 'HEAD');
    await at.work.git('push', '--quiet', 'origin', ':main');
    for (let times = 0; times < 2; times += 1) await at.tell(gone);
    expect(await letters(name)).toHaveLength(1);
    const back = await at.push({ 'training/train.py': '# back\n' });
    await at.tell(back);
    expect(await eventsOf(name, back)).toEqual([{ model: 'tiny', before: last }]);
    expect(await letters(name)).toHaveLength(1);
  });

  it('ends a run of a commit that vanished, and says which one that is', async () => {
    const vanished = await at.push({ 'training/train.py': '# not for long\n' });
    await takeBack();
    const { body } = await room.ask('POST', '/api/v1/runs', { project: name, model: 'tiny', ref: vanished });
    const run = await room.shown(body.id, ({ endedAt }) => endedAt !== null);
    expect(run.status).toBe('failed');
    expect(run.reason).toContain(`does not have the commit ${vanished}`);
  });
});

describe('a repository that changes while it is read', { timeout: 240_000 }, () => {
  it('is not taken for one whose branch is gone: the head that came over it counts', async () => {
    const at = projects.get('served') as PushedProject;
    const told = (await letters('served')).length;
    const early = await at.push({ 'training/train.py': '# early\n' });
    let head = '';
    server.beforeNextFetch(async () => {
      await at.work.git('reset', '--quiet', '--hard', 'HEAD^');
      head = await at.push({ 'other-training/train.py': '# over it\n' }, '--force');
      await at.bare('gc', '--quiet', '--prune=now');
    });
    const { result } = await at.tell(early);
    expect(result).toContain(head.slice(0, 12));
    expect(await letters('served')).toHaveLength(told);
  });
});

describe('runs whose commit vanished before another machine trained them', { timeout: 240_000 }, () => {
  it('end there with that reason, and their line goes on with the newest head', async () => {
    const { events } = await room.stores.triggers.list({ project: 'served', model: 'other', limit: 200 });
    const begun = events.find(({ outcome }) => outcome?.kind === 'started')?.outcome;
    const runId = begun?.kind === 'started' ? begun.runId : '';
    await room.start('cpu', { RATCHET_STATE_DIR: join(room.stateDir, 'another-machine') });
    const run = await room.shown(runId, ({ endedAt }) => endedAt !== null);
    expect(run.status).toBe('failed');
    expect(run.reason).toContain(`does not have the commit ${run.commit}`);
    await until('a later run of the line', patienceMs, async () => {
      const { body } = await room.ask('GET', '/api/v1/runs?project=served&model=other');
      return body.runs.find(({ id }: { id: string }) => id !== runId);
    });
  });
});
