import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { endlessLoop } from '../domain/onnx/hostile-models.js';
import { modelFiles } from './model-files.js';
import { hostProcessesOf, isAlive, until } from './processes.js';

const program = fileURLToPath(new URL('./orphan-parent.ts', import.meta.url));
const path = modelFiles()(endlessLoop());

type Parent = ChildProcessByStdio<null, Readable, null> & { readonly pid: number };

function start(holds: 'idle' | 'running' | 'spare'): Parent {
  const parent = spawn(process.execPath, ['--import', 'tsx', program, holds, path], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (parent.pid === undefined) throw new Error('the parent did not start');
  return Object.assign(parent, { pid: parent.pid });
}

test.each(['idle', 'running'] as const)(
  'a host process with a model that is %s dies with its parent, which is killed',
  async (holds) => {
    const parent = start(holds);
    await once(parent.stdout, 'data');
    const [host] = hostProcessesOf(parent.pid);
    if (host === undefined) throw new Error('there is no host process');
    expect(isAlive(host)).toBe(true);
    parent.kill('SIGKILL');
    await until(() => !isAlive(host));
  },
);

test('a spare process lets its parent end and ends with it', async () => {
  const parent = start('spare');
  const [[code], told] = await Promise.all([once(parent, 'exit'), text(parent.stdout)]);
  expect(code).toBe(0);
  expect(told).toMatch(/^\d+$/);
  await until(() => !isAlive(Number(told)));
});
