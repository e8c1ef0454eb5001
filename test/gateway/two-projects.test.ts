import { createHash, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { actionKey } from '../../gateway/http/route.js';
import { alarm } from '../conformance/trigger-store-subject.js';
import { type GatewayRoom, newRunId, openGatewayRoom, token } from './gateway-room.js';
import { testNotice } from './made-notice.js';
import { approvalOf } from './opened-approval.js';
import { membersOf } from './people.js';
import { servingWorld, watchedEndpoint } from './serving-world.js';

/** What an id stands for: of the caller's own project, of another's, or of nothing. */
interface Guess {
  readonly own: string;
  readonly theirs: string;
  readonly nothing: string;
}
type Which = keyof Guess;

let room: GatewayRoom;
let mine: string;
let theirs: string;
/** May do everything in the first project, and is nobody in the second. */
let eve: string;
let guesses: Readonly<
  Record<'project' | 'run' | 'delegation' | 'event' | 'letter' | 'release' | 'incident', Guess>
>;
beforeAll(async () => {
  room = await openGatewayRoom();
  [mine, theirs] = [await room.newProject(), await room.newProject()];
  ({ eve } = await membersOf(room, mine, { eve: ['admin', 'reviewer'] }));
  await membersOf(room, theirs, { lisa: ['admin'], omar: ['reviewer'] });
  const releases: Record<string, string> = {};
  for (const project of [mine, theirs]) {
    releases[project] = (await servingWorld(room, project, { isWanted: false })).releases[0];
    await room.deps.approvals.open(approvalOf(project));
  }
  guesses = {
    project: { own: mine, theirs, nothing: 'project-0' },
    run: { own: await newRun(mine), theirs: await newRun(theirs), nothing: randomUUID() },
    delegation: { own: 'own-delegation', theirs: await newDelegation(), nothing: randomUUID() },
    event: { own: await newEvent(mine), theirs: await newEvent(theirs), nothing: randomUUID() },
    letter: { own: await newLetter(mine), theirs: await newLetter(theirs), nothing: randomUUID() },
    release: { own: releases[mine] ?? '', theirs: releases[theirs] ?? '', nothing: 'project-0-release-1' },
    incident: {
      own: await newIncident(mine),
      theirs: await newIncident(theirs),
      nothing: `inc-${'0'.repeat(20)}`,
    },
  };
});
afterAll(() => room.close());

async function newRun(project: string): Promise<string> {
  const id = newRunId();
  const causes = [{ kind: 'manual', by: 'somebody', at: '2026-01-01T00:00:00.000Z' }] as const;
  await room.deps.runs.create({ id, project, model: 'delay', ref: 'main', variant: null, causes });
  return id;
}

async function newEvent(project: string): Promise<string> {
  const { triggers } = room.deps;
  await triggers.record([alarm(project, 'drift')]);
  return (await triggers.list({ project })).events[0]?.id ?? '';
}

async function newLetter(project: string): Promise<string> {
  const { outbox } = room.deps;
  await outbox.put(testNotice(project, 'a'), ['hook']);
  return (await outbox.list({ project }))[0]?.id ?? '';
}

async function newIncident(project: string): Promise<string> {
  const id = `inc-${createHash('sha256').update(project).digest('hex').slice(0, 20)}`;
  await watchedEndpoint(room, project, id);
  return id;
}

async function newDelegation(): Promise<string> {
  const until = new Date(Date.now() + 3_600_000).toISOString();
  const delegation = {
    id: randomUUID(),
    project: theirs,
    from: 'lisa',
    to: 'omar',
    role: 'admin',
    until,
  } as const;
  return (await room.deps.approvals.delegate(delegation)).id;
}

const routes = () =>
  room.app.openAPIRegistry.definitions.flatMap((definition) =>
    definition.type === 'route' &&
    !['public', 'account'].includes(String(Reflect.get(definition.route, actionKey)))
      ? [{ method: definition.route.method, path: definition.route.path }]
      : [],
  );

interface Attempt {
  readonly route: { readonly method: string; readonly path: string };
  readonly project: Which;
  readonly run: Which;
  readonly delegation: Which;
  readonly event: Which;
  readonly letter: Which;
  readonly release: Which;
  readonly body: Which;
}

/** Every mix of own, foreign and unknown ids in every route, where it makes a request of its own with a hit in it. */
function attempts(): Attempt[] {
  const picks: readonly Which[] = ['own', 'theirs', 'nothing'];
  const made = new Map<string, Attempt>();
  const mixes = (['project', 'run', 'delegation', 'event', 'letter', 'release', 'body'] as const).reduce<
    readonly Omit<Attempt, 'route'>[]
  >(
    (all, kind) => all.flatMap((mix) => picks.map((pick) => ({ ...mix, [kind]: pick }))),
    [{} as Omit<Attempt, 'route'>],
  );
  for (const route of routes())
    for (const mix of mixes) {
      const attempt = { route, ...mix };
      const { text } = requestOf(attempt, true);
      if (text !== requestOf(attempt, false).text) made.set(text, attempt);
    }
  return [...made.values()];
}

/** The request, with every hit on the other project as it is, or turned into a miss. */
function requestOf({ route: { method, path }, ...picked }: Attempt, hit: boolean) {
  const value = (kind: keyof typeof guesses, pick: Which) =>
    guesses[kind][pick === 'theirs' && !hit ? 'nothing' : pick];
  const project = value('project', picked.project);
  const run = value('run', picked.run);
  const id = idIn(path);
  const named: Record<string, string> = {
    project,
    // An address has one id: those of incidents take their turns with those of releases.
    id: value(id, id === 'incident' ? picked.release : picked[id]),
    model: 'delay',
    name: path.includes('/features/') ? 'planes' : 'flights',
    version: '1',
    step: 'train',
    file: path.includes('/models/') ? 'card' : 'train',
    subject: 'delay@1',
    round: '1',
    account: 'nobody',
    endpoint: 'web',
  };
  const filled = path.replaceAll(/\{([^}]+)\}/g, (_, name: string) => named[name] ?? name);
  const query = path.endsWith('/compare') ? `?ids=${guesses.run.own},${run}` : queryOf(path, project);
  // Nothing is started or changed by it: what may not be there is not, and no such field is known.
  const inBody = value('project', picked.body);
  const body = { project: inBody, repo: `/repositories/${inBody}`, model: 'delay', 'no-such-field': 1 };
  const sent = method === 'post' && ['/api/v1/runs', '/api/v1/projects'].includes(path) ? body : {};
  const text = `${method} ${filled}${query} ${JSON.stringify(sent)}`;
  return { method, path: filled + query, body: method === 'post' ? sent : undefined, text };
}

/** What the id in an address is of. */
function idIn(path: string): 'run' | 'delegation' | 'event' | 'letter' | 'release' | 'incident' {
  if (path.includes('/incidents/')) return 'incident';
  if (path.includes('/runs/')) return 'run';
  if (path.includes('/triggers/')) return 'event';
  if (path.includes('/releases/')) return 'release';
  return path.includes('/letters/') ? 'letter' : 'delegation';
}

function queryOf(path: string, project: string): string {
  if (path.endsWith('/diff')) return '?with=1';
  return /\/(audit|audit\/export|runs|approvals|datasets|features|models|triggers|schedules|letters|endpoints|releases|images|incidents)$/.test(
    path,
  )
    ? `?project=${project}`
    : '';
}

async function answerTo(attempt: Attempt, hit: boolean, given = eve) {
  const { method, path, body } = requestOf(attempt, hit);
  const response = await room.app.request(path, {
    method,
    headers: { host: 'localhost', authorization: `Bearer ${given}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const { status } = response;
  const text = await response.text();
  const ids = Object.values(guesses).flatMap(({ theirs: real, nothing }) => [real, nothing]);
  return { status, text: ids.reduce((shown, id) => shown.replaceAll(id, '<id>'), text) };
}

/** As it is sent: ids of the registry's suite are no UUIDs, as those of a gateway would be. */
async function shown(path: string, given: string): Promise<string> {
  const headers = { host: 'localhost', authorization: `Bearer ${given}` };
  const response = await room.app.request(path, { headers });
  expect([path, response.status]).toEqual([path, 200]);
  return response.text();
}

describe('two projects', () => {
  it('a guess that hits another project is answered as one that hits nothing, whatever is asked', async () => {
    for (const attempt of attempts()) {
      const answers = () => Promise.all([answerTo(attempt, true), answerTo(attempt, false)]);
      let [hit, miss] = await answers();
      // A budget that is used up between the two says nothing of either.
      while (hit.status === 429 || miss.status === 429) {
        await sleep(500);
        [hit, miss] = await answers();
      }
      const { text } = requestOf(attempt, true);
      expect([text, hit.status, hit.text]).toEqual([text, miss.status, miss.text]);
    }
    const done = await room.deps.audit.list({ project: theirs, actor: 'eve' });
    expect(done).toEqual([]);
  });

  it('every address that names something is guessed at, and every guess that reads hits what is there', async () => {
    expect(attempts().length).toBeGreaterThan(40);
    const guessed = new Set(attempts().map(({ route }) => `${route.method} ${route.path}`));
    const all = routes().map(({ method, path }) => `${method} ${path}`);
    expect(all.filter((route) => !guessed.has(route))).toEqual([
      'post /api/v1/accounts',
      'get /api/v1/accounts',
      'post /api/v1/accounts/{account}/disable',
      'post /api/v1/accounts/{account}/set-up-code',
      'get /api/v1/projects',
      'get /api/v1/audit/verify',
    ]);
    const reads = attempts().filter(
      ({ route: { method }, project, run }) => method === 'get' && project === 'theirs' && run === 'theirs',
    );
    for (const attempt of reads) {
      const [hit, miss] = [await answerTo(attempt, true, token), await answerTo(attempt, false, token)];
      expect([requestOf(attempt, true).text, hit]).not.toEqual([requestOf(attempt, true).text, miss]);
    }
  });

  it('a token says nothing of the projects and accounts that it is asked about', async () => {
    const [{ id: theirToken } = { id: '' }] = await room.deps.accounts.tokens('lisa');
    expect(theirToken).not.toBe('');
    const asked = async (project: string, account: string, id: string) => {
      const answers = await Promise.all([
        room.ask('post', '/api/v1/tokens', { token: eve, body: { label: 'x', project } }),
        room.ask('get', `/api/v1/tokens?account=${account}`, { token: eve }),
        room.ask('post', `/api/v1/tokens/${id}/revoke`, { token: eve }),
        room.ask('post', `/api/v1/tokens/${id}/revoke?account=${account}`, { token: eve }),
      ]);
      return answers.map(({ status, body }) => [status, body.error?.code]);
    };
    const hits = await asked(theirs, 'lisa', theirToken);
    expect(hits).toEqual(await asked('project-0', 'nobody', '0'.repeat(16)));
    expect(hits.slice(1).map(([status]) => status)).toEqual([403, 404, 403]);
  });

  it('lists show nothing of another project, whether or not it is asked for', async () => {
    const lists = routes().filter(
      ({ method, path }) => method === 'get' && !path.includes('{') && !/audit|accounts|compare/.test(path),
    );
    expect(lists.length).toBeGreaterThan(5);
    for (const { path } of lists) {
      const own = await shown(path, eve);
      expect([path, own.includes(theirs), own.includes(mine)]).toEqual([path, false, true]);
      expect([path, (await shown(path, token)).includes(theirs)]).toEqual([path, true]);
    }
  });

  it('the id of a run of another project says nothing of it where it is taken', async () => {
    const body = { project: mine, model: 'delay', id: guesses.run.theirs };
    const { status, text } = await room.ask('post', '/api/v1/runs', { token: eve, body });
    expect([status, text.includes(theirs)]).toEqual([409, false]);
  });

  it('a key of another project is not taken', async () => {
    const { lisa } = await membersOf(room, theirs, { lisa: ['admin'] });
    const start = (token: string, project: string) =>
      room.ask('post', '/api/v1/runs', {
        token,
        body: { project, model: 'no-such' },
        headers: { 'idempotency-key': 'nightly' },
      });
    expect((await start(eve, mine)).body.error.code).toBe('MODEL_NOT_FOUND');
    expect((await start(lisa, theirs)).body.error.code).toBe('MODEL_NOT_FOUND');
    await room.deps.idempotencyKeys.bind(`${mine} nightly`, 'a'.repeat(64), 'x');
    await room.deps.idempotencyKeys.bind(`${theirs} nightly`, 'b'.repeat(64), 'y');
  });
});
