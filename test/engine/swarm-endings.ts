import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { MockActivityEnvironment } from '@temporalio/testing';
import { expect, it } from 'vitest';
import { createEngine } from '../../activities/adapters/engine/create-engine.js';
import { createAgentTarget } from '../../activities/adapters/engine-agent/create-agent-target.js';
import type { EngineAgent } from '../../activities/adapters/engine-agent/create-engine-agent.js';
import { createSwarmTarget } from '../../activities/adapters/swarm-target/create-swarm-target.js';
import { createEngineActivities, type EngineVerb } from '../../activities/engine/engine-activities.js';
import { engineLabels } from '../../domain/engine/labels.js';
import { confinesServices } from '../../domain/engine/service-spec.js';
import type { DeploymentTarget, WantedRevision } from '../../domain/ports/deployment-target.js';
import { predictOne } from '../conformance/deployment-target.js';
import { codeOf } from '../conformance/error-code.js';
import { packageRoot, socketPath } from './engine-room.js';
import type { TargetRoom } from './target-room.js';
import { openTestTarget, testSetting } from './test-target.js';

const quiet = new AbortController().signal;

/** How services end otherwise than they should. */
export function swarmEndings(current: () => TargetRoom): void {
  const answer = async (http: string | undefined) => (await predictOne(http ?? 'nowhere')).answer;
  const revisions = async () =>
    (await current().engine.swarm.services()).map(({ labels }) => labels[engineLabels.revision]);

  it('are confined as containers are', async () => {
    const room = current();
    const { replicas } = await overVerbs(room).deploy(await room.wanted(1, 10), quiet);
    const container = room.docker.getContainer(replicas[0]?.id ?? '');
    const { HostConfig } = await container.inspect();
    expect(HostConfig).toMatchObject({
      ...{ ReadonlyRootfs: true, CapDrop: ['ALL'], PidsLimit: 256, Privileged: false },
      ...{ Memory: 512 * 1024 ** 2, NanoCpus: 1e9 },
    });
    const script =
      'for (const f of ["status", "mounts"]) console.log(require("node:fs").readFileSync("/proc/self/" + f, "utf8"));';
    const run = await container.exec({ Cmd: ['/usr/bin/node', '-e', script], AttachStdout: true });
    const told = await text(await run.start({}));
    expect(told).toMatch(/Uid:\t10001\t10001/);
    expect(told).toMatch(/CapBnd:\t0+\n/);
    expect(told).toMatch(/ \/ overlay ro,/);
    expect(told).toMatch(/ \/tmp tmpfs rw,(?=\S*nosuid)(?=\S*nodev)(?=\S*noexec)\S*size=65536k/);
    expect(told).toMatch(/ \/revision \S+ ro,/);
    const isKept = confinesServices(await room.engine.version());
    expect(told).toMatch(isKept ? /NoNewPrivs:\t1/ : /NoNewPrivs:\t0/);
  });

  it('take the revision of an agent that was killed meanwhile, and the next agent knows it', async () => {
    const room = current();
    const live = await room.target.deploy(await room.wanted(1, 10), quiet);
    const next = await room.wanted(2, 20);
    await killedWhileDeploying(room, next);
    expect(await answer(live.at?.http)).toBe(11);
    const again = room.openTarget();
    await again.settle();
    const after = await again.observe(next);
    expect(after).toMatchObject({ revision: next.revision, at: live.at, replicas: [{ state: 'ready' }] });
    expect(await answer(after.at?.http)).toBe(21);
    expect(await again.deploy(next, quiet)).toEqual(after);
  });

  it('answer again at their addresses where service and door were removed by hand', async () => {
    const room = current();
    const wanted = await room.wanted(1, 10);
    const live = await room.target.deploy(wanted, quiet);
    for (const { name } of await room.engine.swarm.services()) await room.engine.swarm.removeService(name);
    for (const { name } of await room.engine.containers()) {
      if (name.endsWith('-door')) await room.docker.getContainer(name).remove({ force: true });
    }
    expect((await room.target.observe(wanted)).replicas).toEqual([]);
    const healed = await room.openTarget().deploy(wanted, quiet);
    expect(healed).toMatchObject({ at: live.at, replicas: [{ state: 'ready' }] });
    expect(await answer(healed.at?.http)).toBe(11);
  });

  it('go back where a revision hangs, and say what its health check says', async () => {
    const room = current();
    const live = await room.target.deploy(await room.wanted(1, 10), quiet);
    const image = { digest: await hangingImage(room), repository: null };
    const health = { readyWithinMs: 1000, drainMs: 1000 };
    const hanging = await room.wanted(2, 20, { image, health });
    await expect(room.target.deploy(hanging, quiet)).rejects.toMatchObject({
      code: 'DEPLOY_FAILED',
      message: expect.stringMatching(/unhealthy[\s\S]*it hangs/),
    });
    expect(await room.target.observe(hanging)).toEqual(live);
    expect(await answer(live.at?.http)).toBe(11);
  });

  it('are not touched where a secret or an image is missing', async () => {
    const room = current();
    const live = await room.target.deploy(
      await room.wanted(1, 10, { environment: { A_SECRET: 'secret://known' } }),
      quiet,
    );
    const missing = await room.wanted(2, 20, { environment: { A_SECRET: 'secret://unknown' } });
    expect(await codeOf(room.target.deploy(missing, quiet))).toBe('SECRET_MISSING');
    const nothing = { digest: `sha256:${'0'.repeat(64)}`, repository: null };
    const noImage = await room.wanted(3, 30, { image: nothing });
    expect(await codeOf(room.target.deploy(noImage, quiet))).toBe('IMAGE_NOT_FOUND');
    expect(await room.target.observe(missing)).toEqual(live);
  });

  it('stop where they are called off: a first one leaves nothing, another the one before', async () => {
    const room = current();
    const first = await room.wanted(1, 10);
    await expect(calledOff(room, first)).rejects.toThrow('called off');
    expect(await revisions()).toEqual([]);
    const live = await room.target.deploy(await room.wanted(2, 20), quiet);
    await expect(calledOff(room, await room.wanted(3, 30))).rejects.toThrow('called off');
    expect(await revisions()).toEqual([live.revision]);
    expect(await answer(live.at?.http)).toBe(21);
  });

  it('are neither shown to nor touched by another agent', async () => {
    const room = current();
    await room.target.deploy(await room.wanted(1, 10), quiet);
    const agent = `${room.agent}-stranger`;
    const { swarm } = createEngine({ socketPath, root: room.root, agent });
    const [service] = await room.engine.swarm.services();
    await swarm.removeService(service?.name ?? '');
    expect([await swarm.services(), await swarm.tasks(service?.name ?? '')]).toEqual([[], []]);
    expect(await room.engine.swarm.services()).toEqual([service]);
  });

  it('are missed, and not taken for gone, where the engine manages no swarm any more', async () => {
    const room = current();
    const wanted = await room.wanted(1, 10);
    await room.target.deploy(wanted, quiet);
    const swarm = { ...room.engine.swarm, node: async () => null };
    const target = createSwarmTarget({ ...testSetting(room), engine: { ...room.engine, swarm } });
    const missed = { code: 'PART_UNAVAILABLE', message: expect.stringContaining('manages no swarm') };
    await expect(target.observe(wanted)).rejects.toMatchObject(missed);
    await expect(target.list()).rejects.toMatchObject(missed);
    await expect(target.deploy(wanted, quiet)).rejects.toMatchObject(missed);
  });
}

const noStore = () => Promise.reject(new Error('nothing is stored here'));

/** The target as a serving worker has it, over the verbs of the agent; both are in this process. */
function overVerbs({ engine, root, base, target, agent }: TargetRoom): DeploymentTarget {
  const activities = createEngineActivities({
    ...{ engine, root, packageRoot, base: async () => base, renewBase: async () => base },
    blobs: { fetchFile: noStore, stageFile: noStore },
    target: openTestTarget({ root, base, agent: `${agent}-containers` }),
    swarmTarget: target,
  });
  const ask = async (verb: EngineVerb, _: unknown, asked: unknown) =>
    new MockActivityEnvironment().run(activities[verb] as never, asked as never);
  return createAgentTarget({ engine: { ask } as EngineAgent, proveImage: async () => undefined }, 'swarm');
}

/** What it comes to, where it is called off as soon as the service was told of it. */
async function calledOff(room: TargetRoom, wanted: WantedRevision): Promise<void> {
  const off = new AbortController();
  const told = untilToldToTake(room, wanted).then(() => off.abort(new Error('called off')));
  await Promise.all([room.target.deploy(wanted, off.signal), told]);
}

async function untilToldToTake({ engine }: TargetRoom, { revision }: WantedRevision): Promise<void> {
  const isTold = async () =>
    (await engine.swarm.services()).some(({ labels }) => labels[engineLabels.revision] === revision);
  while (!(await isTold())) await sleep(20);
}

async function killedWhileDeploying(room: TargetRoom, wanted: WantedRevision): Promise<void> {
  const { root, agent, base } = room;
  const program = join(import.meta.dirname, 'deploying-agent.ts');
  const given = JSON.stringify({ root, agent, base, wanted, kind: 'swarm' });
  const child = spawn(process.execPath, ['--import', 'tsx', program, given], { stdio: 'inherit' });
  const ended = once(child, 'exit');
  await untilToldToTake(room, wanted);
  child.kill('SIGKILL');
  await ended;
}

async function hangingImage({ engine, root, base }: TargetRoom): Promise<string> {
  const folder = join(root, 'hanging-image');
  await mkdir(folder);
  await writeFile(join(folder, 'main.cjs'), 'console.error("it hangs"); setInterval(() => {}, 1000);');
  const command = ['/usr/bin/node', '/app/main.cjs'];
  const recipe = { base, parts: ['main.cjs'], env: {}, ports: [8000], command, healthCheck: command };
  return (await engine.build({ folder, recipe, labels: {}, run: 'test' })).id;
}
