import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { WantedContainer } from '../../domain/engine/container-spec.js';
import { describeEngine, type EngineRoom, openEngineRoom } from './engine-room.js';
import { programOfCall, systemCalls } from './system-call.js';

const agent = `test-contained-${process.pid}`;
const mebibyte = 1024 ** 2;
let room: EngineRoom;
let image: string;
let told: Readonly<Record<string, unknown>>;

/** What else is run, by the name of its file. */
const programs = {
  'hungry.cjs': 'const held = []; for (;;) held.push(Buffer.alloc(1 << 24, 1));',
  'stubborn.cjs':
    'process.on("SIGTERM", () => console.log("no")); setInterval(() => {}, 1e6); console.log("here");',
  'talkative.cjs':
    'for (let i = 0; i < 64; i += 1) require("node:fs").writeSync(1, ("x".repeat(1023) + "\\n").repeat(1024));',
};

const wanted = (change: Partial<WantedContainer>): WantedContainer => ({
  image,
  labels: {},
  env: {},
  reads: [{ source: join(room.root, 'bound'), target: '/bound' }],
  scratch: [{ target: '/tmp', bytes: 32 * mebibyte }],
  network: `ratchet-${agent}`,
  limits: { memoryBytes: 256 * mebibyte, cpus: 1, processes: 40 },
  isKept: false,
  ...change,
});

async function runToItsEnd(name: string, spec: WantedContainer) {
  await room.engine.run(name, spec);
  await room.docker.getContainer(name).wait();
  const [ended] = (await room.engine.containers()).filter((c) => c.name === name);
  return { ended, lines: await room.engine.logs(name, 20) };
}

describeEngine('a hostile program in a container', () => {
  beforeAll(async () => {
    room = await openEngineRoom(agent);
    const folder = join(room.root, 'hostile');
    await mkdir(folder);
    await mkdir(join(room.root, 'bound'));
    await copyFile(join(import.meta.dirname, 'hostile-program.cjs'), join(folder, 'hostile.cjs'));
    for (const [name, text] of Object.entries(programs)) await writeFile(join(folder, name), text);
    for (const [name, call] of Object.entries(systemCalls))
      await writeFile(join(folder, name), programOfCall(call), { mode: 0o755 });
    const recipe = {
      base: room.base,
      parts: ['hostile.cjs', ...Object.keys(programs), ...Object.keys(systemCalls)],
      env: {},
      ports: [],
      command: ['/usr/bin/node', '/app/hostile.cjs'],
      healthCheck: ['/usr/bin/node', '--version'],
    };
    image = (await room.engine.build({ folder, recipe, labels: {}, run: 'test' })).id;
    await room.engine.ensureNetwork(`ratchet-${agent}`, 'inside');
    const { lines } = await runToItsEnd(`${agent}-hostile`, wanted({}));
    told = JSON.parse(lines.at(-1)?.replace(/^\S+ /, '') ?? '{}');
  });
  afterAll(() => room.leave());

  it('is nobody, has no capability, gets none, and sees no process but its own', () => {
    expect(told).toMatchObject({
      user: 10001,
      processes: 1,
      capabilities: ['0000000000000000', '0000000000000000', '0000000000000000'],
      noNewPrivileges: '1',
      seccomp: '2',
      becomeRoot: 'EPERM',
    });
  });

  it('writes nowhere but into its scratch, which ends, and from which nothing runs', () => {
    expect(told).toMatchObject({
      writeRoot: 'EROFS',
      writeApp: 'EROFS',
      writeBound: 'EROFS',
      kernelSetting: 'EROFS',
      runFromScratch: 'ENOSPC',
      fillScratch: 'ENOSPC',
      runScript: 'EACCES',
    });
  });

  it('mounts nothing, sees no packets of others, and is not root of users of its own', () => {
    const notPermitted = 1;
    expect(told['calls']).toEqual({
      ...{ mount: notPermitted, rawSocket: notPermitted, newUsers: notPermitted },
    });
  });

  it('finds neither the socket of the engine nor a disk', () => {
    expect(told).toMatchObject({ engineSocket: 'ENOENT', disks: [] });
  });

  it('reaches neither the metadata address nor anything else beyond the host', () => {
    for (const name of ['metadata', 'outside']) {
      expect(['ETIMEDOUT', 'ENETUNREACH', 'EHOSTUNREACH']).toContain(told[name]);
    }
  });

  it('does not multiply without end', () => {
    const { alive, refused } = told['forks'] as { readonly alive: number; readonly refused: number };
    expect(alive + refused).toBeGreaterThanOrEqual(60);
    expect(alive).toBeLessThan(40);
  });

  it('is ended where it takes more memory than it may, and that is known', async () => {
    const hungry = wanted({ command: ['/usr/bin/node', '/app/hungry.cjs'], network: 'none' });
    const { ended } = await runToItsEnd(`${agent}-hungry`, hungry);
    expect(ended).toMatchObject({ state: 'exited', isOutOfMemory: true, exitCode: 137 });
  });

  it('is ended where it does not want to end', async () => {
    const name = `${agent}-stubborn`;
    await room.engine.run(name, wanted({ command: ['/usr/bin/node', '/app/stubborn.cjs'], network: 'none' }));
    await expect.poll(() => room.engine.logs(name, 5)).toHaveLength(1);
    await room.engine.remove(name, 1000);
    expect((await room.engine.containers()).filter((c) => c.name === name)).toEqual([]);
  });

  it('fills no disk with what it says', async () => {
    const talkative = wanted({ command: ['/usr/bin/node', '/app/talkative.cjs'], network: 'none' });
    const { ended, lines } = await runToItsEnd(`${agent}-talkative`, talkative);
    expect([ended?.exitCode, lines.length]).toEqual([0, 20]);
    const kept = await room.docker.getContainer(`${agent}-talkative`).logs({ stdout: true, follow: false });
    expect(kept.length).toBeLessThan(24 * mebibyte);
  });
});
