import { randomUUID } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { components } from '../../cli/generated/api.js';
import { openProgramRoom, type ProgramRoom, type RunDetail } from './program-room.js';
import { type Hook, hookOf, tellUntilAnswered } from './tell-push.js';
import { createTinyRepository, type TinyRepository } from './tiny-repository.js';

type Event = components['schemas']['TriggerEvent'];

const modelFile = 'models/tiny/ratchet.yaml';
const triggers = `
triggers:
  schedules:
    weekly: { cron: "0 3 * * 1", timeZone: Europe/Amsterdam, pauseOnFailure: true }
  events:
    promo: { filter: "payload.discount > 0.2" }
`;

let room: ProgramRoom;
let repository: TinyRepository;
let hook: Hook;
let told: { readonly server: Server; readonly bodies: string[] };
beforeAll(async () => {
  told = await listen();
  const { port } = told.server.address() as AddressInfo;
  room = await openProgramRoom({
    RATCHET_HOOK_SECRET: 'a-secret-of-hooks-that-is-long-enough',
    RATCHET_EGRESS_ALLOW: '127.0.0.1',
  });
  await mkdir(room.secretsDir, { recursive: true });
  await writeFile(join(room.secretsDir, 'ops-url'), `http://127.0.0.1:${port}/`, { mode: 0o600 });
  await writeFile(join(room.secretsDir, 'ops-secret'), `whsec_${Buffer.alloc(32).toString('base64')}`, {
    mode: 0o600,
  });
  await Promise.all([room.start('orchestrator'), room.start('cpu')]);
  repository = await createTinyRepository(join(room.stateDir, 'pushed'), {
    'ratchet.project.yaml': (text) =>
      `${text.replace(/^project: .*$/m, 'project: pushed')}
members:
  - { name: dana, emails: [dana@example.com], roles: [data-scientist] }
notifications:
  ops: { kind: webhook, url: "secret://ops-url", secret: "secret://ops-secret" }
`,
  });
  expect((await room.ask('POST', '/api/v1/projects', { repo: repository.path })).status).toBe(200);
  hook = await hookOf(room, 'pushed');
});
afterAll(async () => {
  await room.close();
  told.server.close();
});

/** A server that takes letters. */
async function listen() {
  const bodies: string[] = [];
  const server = createServer((request, response) => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      bodies.push(Buffer.concat(pieces).toString('utf8'));
      response.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, bodies };
}

/** Commits to main, and tells of it as GitHub does; the head and the answer. */
async function push(file: string, edit: (text: string) => string, id: string = randomUUID()) {
  const path = join(repository.path, file);
  await writeFile(path, edit(await readFile(path, 'utf8')));
  await repository.git('commit', '--quiet', '--all', '--message', 'A change');
  const after = await repository.git('rev-parse', 'HEAD');
  return { after, status: await tell(after, id) };
}

async function tell(after: string, id: string): Promise<number> {
  const before = await repository.git('rev-parse', 'HEAD^');
  const push = { id, repo: repository.path, ref: 'refs/heads/main', before, after };
  return tellUntilAnswered(room.url, hook, push);
}

async function until<T>(look: () => Promise<T | undefined>): Promise<T> {
  for (const untilMs = Date.now() + 60_000; ; await sleep(100)) {
    const found = await look();
    if (found !== undefined) return found;
    if (Date.now() > untilMs) throw new Error('it never came to it');
  }
}

const events = async (query: string) =>
  (await room.ask('GET', `/api/v1/triggers?project=pushed&${query}`)).body.events as Event[];

/** The run of the first event of a kind whose key is as wanted, at its end. */
async function runOf(kind: string, key: RegExp): Promise<RunDetail> {
  const id = await until(async () => {
    const found = (await events(`kind=${kind}`)).find((event) => key.test(event.key));
    return found?.outcome?.runId ?? undefined;
  });
  return room.shown(id, ({ endedAt }) => endedAt !== null);
}

describe('what starts runs, on the whole stack', () => {
  it('a push whose webhook comes a hundred times is one run, which knows commit and author', async () => {
    const { after, status } = await push('training/train.py', (text) => `${text}\n# more\n`, 'one');
    expect(status).toBe(202);
    const again = await Promise.all(Array.from({ length: 99 }, () => tell(after, 'one')));
    expect(new Set(again)).toEqual(new Set([202]));
    const run = await runOf('push', new RegExp(after));
    expect(run).toMatchObject({ status: 'succeeded', commit: after, automatic: false });
    expect(run.causes).toMatchObject([{ kind: 'push', by: 'dana', facts: { commit: after } }]);
    const { body } = await room.ask('GET', '/api/v1/runs?project=pushed');
    expect(body.runs).toHaveLength(1);
  });

  it('a push of triggers alone is applied and trains nothing; its timetable is on the server', async () => {
    const { after } = await push(modelFile, (text) => text + triggers);
    const delivery = await until(async () => {
      const { body } = await room.ask('GET', '/api/v1/projects/pushed/deliveries');
      const found = body.deliveries.find(({ what }: { what: string }) => what.includes(after.slice(0, 12)));
      return found?.status === 'pending' ? undefined : found;
    });
    expect(delivery.result).toContain('trains none of 1 models, and is applied');
    const [weekly] = (await room.ask('GET', '/api/v1/schedules?project=pushed')).body.schedules.filter(
      (one: { name: string | null }) => one.name === 'weekly',
    );
    expect(weekly).toMatchObject({ timeZone: 'Europe/Amsterdam', drift: null });
    expect(weekly.timetable).toContain('0 3 * * 1');
  });

  it('a slot of a timetable starts a run that no person asked for', async () => {
    const at = '/api/v1/schedules/pushed/tiny/weekly/run-now';
    expect((await room.ask('POST', at)).status).toBeLessThan(300);
    const run = await runOf('schedule', /^schedule:weekly:/);
    expect(run).toMatchObject({ status: 'succeeded', automatic: true });
  });

  it('an event that its filter stops starts nothing and says why, and another starts a run', async () => {
    const send = (discount: number) =>
      room.ask('POST', '/api/v1/projects/pushed/events', { name: 'promo', payload: { discount } });
    await send(0.1);
    const stopped = await until(async () =>
      (await events('kind=event')).find(({ outcome }) => outcome?.kind === 'suppressed'),
    );
    expect(stopped.outcome).toMatchObject({ rule: 'filter', reason: expect.stringContaining('0.1') });
    await send(0.5);
    const started = await until(async () =>
      (await events('kind=event')).find(({ outcome }) => outcome?.kind === 'started'),
    );
    await room.shown(started.outcome?.runId ?? '', ({ endedAt }) => endedAt !== null);
  });

  it('a push that breaks the training goes back to its author, with the command that repeats it', async () => {
    const { after } = await push('training/train.py', () => 'raise SystemExit("no luck today")\n');
    const run = await runOf('push', new RegExp(after));
    expect(run.status).toBe('failed');
    const letter = await until(async () => told.bodies.find((body) => body.includes(run.id)));
    expect(JSON.parse(letter)).toMatchObject({ type: 'run.failed' });
    expect(letter).toContain('no luck today');
    expect(letter).toContain(`ratchet run resume ${run.id}`);
  });

  it('a commit that cannot be applied is told of, and what was in force stays', async () => {
    const { after } = await push(modelFile, (text) => text.replace('"0 3 * * 1"', '"0 99 * * 1"'));
    await until(async () =>
      told.bodies.find((body) => body.includes('apply.refused') && body.includes(after)),
    );
    const { body } = await room.ask('GET', '/api/v1/schedules?project=pushed');
    expect(JSON.stringify(body)).toContain('0 3 * * 1');
  });
});
