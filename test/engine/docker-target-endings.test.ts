import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { engineLabels } from '../../domain/engine/labels.js';
import type { ObservedEndpoint, WantedRevision } from '../../domain/ports/deployment-target.js';
import { codeOf } from '../conformance/error-code.js';
import { describeEngine } from './engine-room.js';
import { openTargetRoom, type TargetRoom } from './target-room.js';

const quiet = new AbortController().signal;
let room: TargetRoom;

async function answer({ at }: ObservedEndpoint): Promise<unknown> {
  const response = await fetch(`${at?.http}/predict`, { method: 'POST', body: '[1]' });
  return ((await response.json()) as { predictions?: readonly unknown[] }).predictions?.[0];
}

/** Names of what runs, without what differs from test to test. */
async function running(): Promise<readonly string[]> {
  const all = await room.engine.containers();
  return all.map(({ labels, state }) => `${labels[engineLabels.revision] ?? 'door'} ${state}`).toSorted();
}

/** A process of the agent, killed as soon as a container of the revision is there. */
async function killedWhileDeploying(wanted: WantedRevision): Promise<void> {
  const { root, agent, base } = room;
  const program = join(import.meta.dirname, 'deploying-agent.ts');
  const given = JSON.stringify({ root, agent, base, wanted });
  const child = spawn(process.execPath, ['--import', 'tsx', program, given], { stdio: 'inherit' });
  const ended = once(child, 'exit');
  while ((await room.engine.containers({ [engineLabels.revision]: wanted.revision })).length === 0)
    await sleep(20);
  child.kill('SIGKILL');
  await ended;
}

describeEngine('endpoints in containers', () => {
  beforeAll(async () => {
    room = await openTargetRoom(`test-endings-${process.pid}`);
  });
  afterAll(() => room.leave());
  beforeEach(async () => {
    for (const left of await room.target.list()) await room.target.remove(left, quiet);
    room.nextEndpoint();
  });

  it('leave nothing half live of an agent that is killed while it deploys, and the revision before answers', async () => {
    const before = await room.wanted(1, 10);
    const live = await room.target.deploy(before, quiet);
    const next = await room.wanted(2, 20);
    await killedWhileDeploying(next);
    expect(await answer(live)).toBe(11);
    const again = room.openTarget();
    await again.settle();
    expect(await running()).toEqual([`${before.revision} running`, 'door running'].toSorted());
    expect(await again.observe(before)).toEqual(live);
    expect(await answer(await again.deploy(next, quiet))).toBe(21);
  });

  it('answer again where everything of them was killed, at the addresses that they had', async () => {
    const wanted = await room.wanted(1, 10);
    const live = await room.target.deploy(wanted, quiet);
    for (const { name } of await room.engine.containers())
      await room.docker.getContainer(name).remove({ force: true });
    await room.openTarget().settle();
    const healed = await room.target.observe(wanted);
    expect(healed.at).toEqual(live.at);
    // The door is patient with whoever comes before the replica is ready.
    expect(await answer(healed)).toBe(11);
  });

  it('answer at their door again after its process was killed', async () => {
    const live = await room.target.deploy(await room.wanted(1, 10), quiet);
    const door = (await room.engine.containers()).find(
      ({ labels }) => labels[engineLabels.revision] === undefined,
    );
    const { State } = await room.docker.getContainer(door?.name ?? '').inspect();
    process.kill(State.Pid, 'SIGKILL');
    await expect.poll(() => answer(live).catch(() => null)).toBe(11);
  });

  it('get secrets by value, of which nothing is on disk, and are refused where one is missing', async () => {
    const environment = { A_SECRET: 'secret://known', PLAIN: 'text' };
    await room.target.deploy(await room.wanted(1, 10, { environment }), quiet);
    const [replica] = await room.engine.containers({ [engineLabels.replica]: '0' });
    const { Config } = await room.docker.getContainer(replica?.name ?? '').inspect();
    expect(Config.Env).toEqual(expect.arrayContaining(['A_SECRET=the value', 'PLAIN=text']));
    const missing = await room.wanted(2, 20, { environment: { A_SECRET: 'secret://unknown' } });
    expect(await codeOf(room.target.deploy(missing, quiet))).toBe('SECRET_MISSING');
    expect(await codeOf(room.target.deploy(await room.wanted(3, 30, { image: null }), quiet))).toBe(
      'ENGINE_REFUSED',
    );
    const [one] = await room.target.list();
    expect([one?.ordinal, await answer(one as ObservedEndpoint)]).toEqual([1, 11]);
  });

  it('stop at once where they are called off, and leave nothing', async () => {
    const off = new AbortController();
    const deploying = room.target.deploy(await room.wanted(1, 10), off.signal);
    off.abort(new Error('called off'));
    await expect(deploying).rejects.toThrow('called off');
    expect(await running()).toEqual([]);
  });
});
