import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { WantedContainer } from '../../domain/engine/container-spec.js';
import { describeEngine, type EngineRoom, openEngineRoom } from './engine-room.js';

const agent = `test-contained-${process.pid}`;
const mebibyte = 1024 ** 2;
let room: EngineRoom;
let image: string;
let told: Readonly<Record<string, unknown>>;

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
    await writeFile(
      join(folder, 'hungry.cjs'),
      'const held = []; for (;;) held.push(Buffer.alloc(1 << 24, 1));',
    );
    const recipe = {
      base: room.base,
      parts: ['hostile.cjs', 'hungry.cjs'],
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
});
