import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually, makeRunPlace, pathPython, type RunPlace, shell, survivors } from './run-place.js';

const worker = fileURLToPath(new URL('./launch-once.ts', import.meta.url));

let place: RunPlace;
beforeAll(async () => {
  place = await makeRunPlace();
});
afterAll(() => place.remove());

describe('attempts under one key', () => {
  const busy = shell('echo ready; while :; do sleep 0.05; done');

  it('a newer one ends the older, and an older one is refused', async () => {
    const key = `train/${randomUUID()}`;
    const ready = gate();
    const first = place.launcher.launch(place.spec(busy, { key, fence: 1, onLine: () => ready.resolve() }));
    const lost = expect(first).rejects.toMatchObject({ code: 'LEASE_LOST' });
    await ready.promise;
    const second = await place.launcher.launch(place.spec(['/bin/true'], { key, fence: 2 }));
    await lost;
    expect(second.exitCode).toBe(0);
    const late = place.launcher.launch(place.spec(['/bin/true'], { key, fence: 1 }));
    await expect(late).rejects.toMatchObject({ code: 'LEASE_LOST' });
  });

  it('the same one is refused while it runs, and may follow itself', async () => {
    const key = `train/${randomUUID()}`;
    const controller = new AbortController();
    const ready = gate();
    const spec = place.spec(busy, { key, fence: 7, onLine: () => ready.resolve() });
    const first = place.launcher.launch(spec, controller.signal);
    await ready.promise;
    await expect(place.launcher.launch(spec)).rejects.toMatchObject({ code: 'LEASE_LOST' });
    controller.abort();
    await first;
    const again = await place.launcher.launch({ ...spec, command: ['/bin/true'] });
    expect(again.exitCode).toBe(0);
  });

  it('a process that has the number of an older one by chance is left alone', async () => {
    const key = `train/${randomUUID()}`;
    await place.launcher.launch(place.spec(['/bin/true'], { key, fence: 1 }));
    const leases = join(place.stateDir, 'leases');
    const files = await Promise.all(
      (await readdir(leases)).map(
        async (name) => [name, await readFile(join(leases, name), 'utf8')] as const,
      ),
    );
    const [name = '', text = '{}'] = files.find(([, content]) => content.includes(key)) ?? [];
    const stranger = spawn('sleep', ['60']);
    try {
      await writeFile(join(leases, name), `${JSON.stringify({ ...JSON.parse(text), pid: stranger.pid })}\n`);
      await place.launcher.launch(place.spec(['/bin/true'], { key, fence: 2 }));
      expect(stranger.exitCode ?? stranger.signalCode).toBeNull();
    } finally {
      stranger.kill('SIGKILL');
    }
  });
});

describe('a worker that is killed', () => {
  it('takes its programs with it, and what they started', async () => {
    const marker = `marker-${randomUUID()}`;
    const script =
      'setsid sh -c "trap \\"\\" TERM HUP; while :; do sleep 1; done" "$1" & while :; do sleep 1; done';
    const spec = place.spec(shell(script, marker));
    const args = ['--import', 'tsx', worker, place.stateDir, pathPython(), JSON.stringify(spec)];
    const victim = spawn(process.execPath, args, { stdio: 'ignore' });
    const running = () => survivors(marker).then((pids) => pids.filter((pid) => pid !== victim.pid));
    await eventually(running, (pids) => pids.length >= 2, 20_000);
    victim.kill('SIGKILL');
    await eventually(running, (pids) => pids.length === 0);
    const next = await place.launcher.launch(place.spec(['/bin/true']));
    expect(next.exitCode).toBe(0);
  });
});

/** A promise that is resolved from outside. */
function gate(): { readonly promise: Promise<void>; readonly resolve: () => void } {
  let resolve: () => void = () => undefined;
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
