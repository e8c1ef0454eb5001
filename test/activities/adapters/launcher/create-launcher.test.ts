import { mkdir, readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLauncher } from '../../../../activities/adapters/launcher/create-launcher.js';
import { makeRunPlace, type RunPlace, roomy, shell } from './run-place.js';

const MIB = 1024 * 1024;

let place: RunPlace;
beforeAll(async () => {
  place = await makeRunPlace();
});
afterAll(() => place.remove());

describe('a launch', () => {
  it('ends well with exit code 0, and tells the tier', async () => {
    const result = await place.launcher.launch(place.spec(['/bin/true']));
    expect(result).toMatchObject({ exitCode: 0, signal: null, limit: null, cancelled: false, tail: '' });
    expect(result.tier).toBe((await place.launcher.inspect()).tier);
  });

  it('that fails gives its exit code and the last lines of stderr', async () => {
    const script = 'i=0; while [ $i -lt 2000 ]; do echo "line $i" >&2; i=$((i+1)); done; exit 3';
    const result = await place.launcher.launch(place.spec(shell(script)));
    expect(result.exitCode).toBe(3);
    expect(result.tail.endsWith('line 1998\nline 1999')).toBe(true);
    expect(result.tail.startsWith('line ')).toBe(true);
    expect(Buffer.byteLength(result.tail)).toBeLessThanOrEqual(4096);
  });

  it('that is killed tells the signal', async () => {
    const result = await place.launcher.launch(place.spec(shell('kill -9 $$')));
    expect(result).toMatchObject({ exitCode: null, signal: 'SIGKILL', limit: null });
  });

  it('passes whole lines on and writes both streams to the log', async () => {
    const lines: string[] = [];
    const logFile = join(place.base, 'a log');
    const command = shell('printf "one\\ntwo"; sleep 0.1; printf " and a half\\n"; echo three >&2');
    await place.launcher.launch(
      place.spec(command, { logFile, onLine: (stream, line) => lines.push(`${stream} ${line}`) }),
    );
    expect(lines.sort()).toEqual(['stderr three', 'stdout one', 'stdout two and a half']);
    expect((await readFile(logFile, 'utf8')).split('\n').sort()).toEqual([
      '',
      'one',
      'three',
      'two and a half',
    ]);
  });

  it('can open its own output again by name', async () => {
    const lines: string[] = [];
    const command = shell('sh -c "echo by name > /dev/stderr"; echo again >> /dev/stdout');
    await place.launcher.launch(
      place.spec(command, { onLine: (stream, line) => lines.push(`${stream} ${line}`) }),
    );
    expect(lines.sort()).toEqual(['stderr by name', 'stdout again']);
  });

  it('loses nothing of what it printed last, however much it is', async () => {
    let bytes = 0;
    const limits = { ...roomy, outputBytes: 64 * MIB };
    const command = shell('head -c 20000000 /dev/zero | tr "\\0" "a"');
    const onLine = (_: string, line: string) => {
      bytes += line.length;
    };
    const result = await place.launcher.launch(place.spec(command, { limits, onLine }));
    expect([bytes, result.outputCut]).toEqual([20_000_000, false]);
  });

  it('has a clean environment, with defaults that the specification overrides', async () => {
    const lines: string[] = [];
    const env = { HOME: place.output, NAME: 'a value' };
    await place.launcher.launch(place.spec(['/usr/bin/env'], { env, onLine: (_, line) => lines.push(line) }));
    expect(lines.map((line) => line.split('=')[0]).sort()).toEqual([
      'HOME',
      'LANG',
      'NAME',
      'PATH',
      'TMPDIR',
    ]);
    expect(lines).toContain(`HOME=${place.output}`);
  });

  it('can write to its folder and to a temporary one, and the worker owns what it wrote', async () => {
    const result = await place.launcher.launch(
      place.spec(shell('echo a > "$TMPDIR/a" && cp "$TMPDIR/a" kept')),
    );
    expect(result.exitCode).toBe(0);
    expect(await readFile(join(place.output, 'kept'), 'utf8')).toBe('a\n');
    expect((await stat(join(place.output, 'kept'))).uid).toBe(process.getuid?.());
    expect(await readdir(join(place.stateDir, 'launches'))).toEqual([]);
  });

  it('of a program that is not there says where it was looked for', async () => {
    const bare = place.launcher.launch(place.spec(['no-such-program']));
    await expect(bare).rejects.toMatchObject({
      code: 'PROGRAM_MISSING',
      message: expect.stringContaining('no-such-program cannot be started in PATH (/usr/local/bin'),
    });
    const full = place.launcher.launch(place.spec(['/no/such/program']));
    await expect(full).rejects.toMatchObject({ code: 'PROGRAM_MISSING' });
  });

  it('without its working folder says so', async () => {
    const launch = place.launcher.launch(place.spec(['/bin/true'], { cwd: join(place.base, 'nowhere') }));
    await expect(launch).rejects.toMatchObject({ message: expect.stringContaining('working folder') });
  });

  it('that listens badly is ended, and the fault of the listener is thrown', async () => {
    const onLine = () => {
      throw new Error('the listener broke');
    };
    const launch = place.launcher.launch(place.spec(shell('echo a; sleep 60'), { onLine }));
    await expect(launch).rejects.toThrow('the listener broke');
  });

  it('reports the most memory it held', async () => {
    const { limit, peakMemoryBytes } = await place.launcher.launch(
      place.spec(shell('x=$(head -c 40000000 /dev/zero | tr "\\0" a); sleep 0.5')),
    );
    expect(limit).toBeNull();
    expect(peakMemoryBytes).toBeGreaterThan(40_000_000);
    expect(peakMemoryBytes).toBeLessThan(400 * MIB);
  });

  it('runs beside others without being confused with them', async () => {
    const launches = Array.from({ length: 6 }, (_, index) => {
      const spec = place.spec(shell('id -u; sleep 0.3; exit "$1"', String(index)), { key: `train/${index}` });
      return place.launcher.launch({ ...spec, writable: [], cwd: '/' });
    });
    expect((await Promise.all(launches)).map((result) => result.exitCode)).toEqual([0, 1, 2, 3, 4, 5]);
  });
});

describe('cancelling a launch', () => {
  it('sends SIGTERM, so that the program can save and stop', async () => {
    const controller = new AbortController();
    const script = 'trap "echo saved > saved; exit 0" TERM; echo ready; while :; do sleep 0.05; done';
    const spec = place.spec(shell(script), { graceMs: 10_000, onLine: () => controller.abort() });
    const result = await place.launcher.launch(spec, controller.signal);
    expect(result).toMatchObject({ exitCode: 0, cancelled: true, limit: null });
    expect(await readFile(join(place.output, 'saved'), 'utf8')).toBe('saved\n');
  });

  it('sends SIGKILL after the grace time', async () => {
    const controller = new AbortController();
    const script = 'trap "" TERM; echo ready; while :; do sleep 0.05; done';
    const spec = place.spec(shell(script), { graceMs: 200, onLine: () => controller.abort() });
    const result = await place.launcher.launch(spec, controller.signal);
    expect(result).toMatchObject({ exitCode: null, signal: 'SIGKILL', cancelled: true });
  });

  it('before it began ends it at once', async () => {
    const result = await place.launcher.launch(place.spec(['/bin/sleep', '60']), AbortSignal.abort());
    expect(result).toMatchObject({ cancelled: true });
  });
});

it('names the limit when a program writes more than its disk', async () => {
  const limits = { ...roomy, diskBytes: 8 * MIB };
  const folder = join(place.output, 'full');
  await mkdir(folder);
  const command = shell('head -c 20000000 /dev/zero > large; sleep 60');
  const result = await place.launcher.launch(
    place.spec(command, { limits, writable: [folder], cwd: folder }),
  );
  expect(result).toMatchObject({ limit: 'disk', signal: 'SIGKILL' });
});

it('without its interpreter names it', async () => {
  const lost = createLauncher({ stateDir: place.stateDir, python: '/no/such/python3' });
  await expect(lost.inspect()).rejects.toMatchObject({
    code: 'PART_MISSING',
    message: expect.stringContaining('/no/such/python3'),
  });
});
