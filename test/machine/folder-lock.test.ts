import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { lock, tryLock } from '../../machine/folder-lock.js';

const source = fileURLToPath(new URL('../../machine/folder-lock.ts', import.meta.url));

describe('tryLock', () => {
  it('is undefined while somebody has it, and given again after', async () => {
    const first = await tryLock('/a folder', 'test');
    expect(first).toBeDefined();
    expect(await tryLock('/a folder', 'test')).toBeUndefined();
    await first?.release();
    const second = await tryLock('/a folder', 'test');
    expect(second).toBeDefined();
    await second?.release();
  });

  it('tells folders and purposes apart', async () => {
    const held = await Promise.all([tryLock('/a', 'x'), tryLock('/a', 'y'), tryLock('/b', 'x')]);
    expect(held.filter((one) => one === undefined)).toEqual([]);
    await Promise.all(held.map((one) => one?.release()));
  });

  it('is free when its holder was killed', async () => {
    const script = `import { tryLock } from ${JSON.stringify(source)};
      await tryLock('/killed', 'test'); console.log('held'); setInterval(() => undefined, 1000);`;
    const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script]);
    await new Promise((held) => child.stdout.once('data', held));
    expect(await tryLock('/killed', 'test')).toBeUndefined();
    child.kill('SIGKILL');
    const held = await lock('/killed', 'test');
    await held.release();
  });
});
