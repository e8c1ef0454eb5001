import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { until } from '../../scripts/soak/chaos/until.js';
import type { Program } from './program.js';
import { openProgramRoom, type ProgramRoom } from './program-room.js';
import { type Hook, hookOf, type ToldPush, tellPush } from './tell-push.js';
import { createTinyRepository, type TinyRepository } from './tiny-repository.js';

interface Pushed {
  readonly project: string;
  readonly repository: TinyRepository;
  readonly hook: Hook;
  /** Every head that the tracked branch has had, the first one included. */
  readonly heads: string[];
}

const projects = ['north', 'east', 'south', 'west'];
const deliveries = 1000;
/** After how many accepted deliveries the gateway is killed. */
const killsAt = [200, 450, 700];
/** Requests on their way at once. */
const senders = 40;
const patienceMs = 200_000;

let room: ProgramRoom;
let pushed: readonly Pushed[];
/** The gateway that is sent to. The one of the room is not killed, and answers what is asked here. */
let target: Program;
const startTarget = () => room.start('gateway', { RATCHET_HOOK_REQUESTS_PER_SECOND: '100000' });

beforeAll(async () => {
  room = await openProgramRoom({ RATCHET_HOOK_SECRET: 'a-secret-of-hooks-that-is-long-enough' });
  [target] = await Promise.all([startTarget(), room.start('orchestrator')]);
  pushed = await Promise.all(projects.map(newProject));
});
afterAll(() => room.close());

async function newProject(project: string): Promise<Pushed> {
  const repository = await createTinyRepository(join(room.stateDir, project), {
    'ratchet.project.yaml': (text) => text.replace(/^project: .*$/m, `project: ${project}`),
  });
  expect((await room.ask('POST', '/api/v1/projects', { repo: repository.path })).status).toBe(200);
  const heads = [await repository.git('rev-parse', 'HEAD')];
  return { project, repository, hook: await hookOf(room, project), heads };
}

/** Moves the tracked branch of every project. */
async function commitAll(text: string): Promise<void> {
  for (const { repository, heads } of pushed) {
    await writeFile(join(repository.path, 'training/train.py'), `# ${text}\n`);
    await repository.git('commit', '--quiet', '--all', '--message', text);
    heads.push(await repository.git('rev-parse', 'HEAD'));
  }
}

/** The n-th delivery: every project in turn, two of three to the branch that it tracks. */
function nth(n: number): { readonly to: Pushed; readonly push: ToldPush } {
  const to = pushed[n % pushed.length] as Pushed;
  const ref = n % 3 === 0 ? 'refs/heads/elsewhere' : 'refs/heads/main';
  const [before = '', after = ''] = [to.heads.at(-2) ?? to.heads[0], to.heads.at(-1)];
  return { to, push: { id: `burst-${n}`, repo: to.repository.path, ref, before, after } };
}

interface Sent {
  /** Deliveries that were answered with 202. */
  readonly accepted: ReadonlySet<string>;
  /** How often each was sent. */
  readonly sent: ReadonlyMap<string, number>;
}

/** Sends all, and again those that were not accepted; kills the gateway on the way, and starts it again. */
async function sendAll(): Promise<Sent> {
  const queue = Array.from({ length: deliveries }, (_, n) => n);
  const accepted = new Set<string>();
  const sent = new Map<string, number>();
  const kills = [...killsAt];
  let restart: Promise<void> = Promise.resolve();
  const killAndStart = async (at: number) => {
    await target.kill();
    await commitAll(`after ${at}`);
    target = await startTarget();
  };
  const sender = async () => {
    for (let n = queue.shift(); n !== undefined; n = queue.shift()) {
      const { to, push } = nth(n);
      sent.set(push.id, (sent.get(push.id) ?? 0) + 1);
      const status = await tellPush(target.url, to.hook, push).catch(() => 'no answer');
      if (status === 202) accepted.add(push.id);
      else {
        queue.push(n);
        await restart;
        await sleep(50);
      }
      const next = kills[0];
      if (next !== undefined && accepted.size >= next) {
        kills.shift();
        restart = restart.then(() => killAndStart(next));
      }
    }
  };
  await Promise.all(Array.from({ length: senders }, sender));
  await restart;
  return { accepted, sent };
}

const stored = async () =>
  (await Promise.all(projects.map((project) => room.stores.deliveries.list(project, 2 * deliveries)))).flat();

describe('a thousand webhooks while the gateway is killed three times', { timeout: 180_000 }, () => {
  it('are accepted once the sender sends again, and each has one outcome', async () => {
    const { accepted, sent } = await sendAll();
    expect(accepted.size).toBe(deliveries);
    const again = [...sent.values()].filter((times) => times > 1).length;
    // Else no kill was noticed by anybody.
    expect(again).toBeGreaterThan(0);
    const rows = await until('every delivery has its outcome', patienceMs, async () => {
      const all = await stored();
      return all.some(({ status }) => status === 'pending') ? undefined : all;
    });
    expect(rows.map(({ id }) => id.replace('github:', '')).toSorted()).toEqual([...sent.keys()].toSorted());
    for (const row of rows) {
      const isTracked = row.content.kind === 'push' && row.content.ref === 'refs/heads/main';
      expect(row.status).toBe(isTracked ? 'handled' : 'ignored');
      expect(row.result).not.toBe('');
      expect(row.repeats).toBeLessThan(sent.get(row.id.replace('github:', '')) ?? 0);
    }
    console.log(`${again} of ${deliveries} deliveries were sent again`);
  });

  it('made one event of each head that was followed, the newest among them', async () => {
    for (const { project, heads } of pushed) {
      const { events } = await room.stores.triggers.list({ project, kind: 'push', limit: 200 });
      const keys = events.map(({ key }) => key);
      expect(new Set(keys).size).toBe(keys.length);
      expect(keys).toContain(`push:${heads.at(-1)}`);
      expect(heads.map((head) => `push:${head}`)).toEqual(expect.arrayContaining(keys));
      const started = events.filter(({ outcome }) => outcome?.kind === 'started');
      expect(started).toHaveLength(1);
    }
  });
});
