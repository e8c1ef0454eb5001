import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { copyFile, lstat, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { collectOutputs, withOutput } from '../../activities/adapters/launcher/outputs.js';
import type { IsolationTier, LaunchResult, LaunchSpec } from '../../domain/ports/launcher.js';
import {
  eventually,
  makeRunPlace,
  programPython,
  pythonFolders,
  type RunPlace,
  roomy,
  survivors,
} from '../activities/adapters/launcher/run-place.js';

const MIB = 1024 * 1024;
const CANARY = `canary-${randomUUID()}`;

const probe = await makeRunPlace();
const report = await probe.launcher.inspect();
await probe.remove();

it.runIf(process.env['CI'] === 'true')('has a tier on this machine that holds hostile code', () => {
  expect(report.tier, JSON.stringify(report.tiers)).not.toBe('none');
});

const tiers = (['namespace', 'uid'] as const).map((tier) => {
  const found = report.tiers.find((entry) => entry.tier === tier);
  return { tier, available: found?.available ?? false, reason: found?.reason ?? '' };
});

describe.each(tiers)('a hostile trainer in tier $tier', ({ tier, available, reason }) => {
  if (!available) {
    it.skip(`is not tried here: ${reason}`, () => undefined);
    return;
  }
  let place: RunPlace;

  beforeAll(async () => {
    place = await makeRunPlace([tier]);
    await mkdir(join(place.base, 'program'));
    await copyFile(fileURLToPath(new URL('./hostile.py', import.meta.url)), program());
  });
  afterAll(() => place.remove());

  const program = () => join(place.base, 'program', 'hostile.py');

  async function attack(name: string, args: readonly string[] = [], changes: Partial<LaunchSpec> = {}) {
    const marker = `marker-${randomUUID()}`;
    const lines: string[] = [];
    const command = [programPython, program(), marker, name, ...args];
    const readOnly = [...pythonFolders, dirname(program())];
    const spec = place.spec(command, { readOnly, onLine: (_, line) => lines.push(line), ...changes });
    const result = await place.launcher.launch(spec);
    expect(result.tier).toBe<IsolationTier>(tier);
    expect(await survivors(marker)).toEqual([]);
    return { result, lines, text: lines.join('\n') };
  }

  it('cannot read the test split, the state directory or the code of the platform', async () => {
    const secrets = [join(place.base, 'dataset', 'test.parquet'), join(place.stateDir, 'token')];
    await mkdir(join(place.base, 'dataset'));
    for (const path of secrets) await writeFile(path, CANARY, { mode: 0o644 });
    const system = [
      '/etc/shadow',
      '/etc/hostname',
      fileURLToPath(import.meta.url),
      '/proc/1/root/etc/hostname',
    ];
    const { lines, text } = await attack('read', [...secrets, ...system]);
    expect(text).not.toContain(CANARY);
    expect(lines.filter((line) => line.startsWith('GOT /'))).toEqual([]);
    expect(lines.filter((line) => line.startsWith('DENIED /'))).toHaveLength(secrets.length + system.length);
  });

  it('cannot read the environment or the command line of other processes', async () => {
    const sibling = spawn('sleep', ['60', CANARY.replace('canary', '0')], { env: { SECRET: CANARY } });
    const quiet = spawn('sleep', ['60'], { env: { SECRET: CANARY } });
    try {
      const { text } = await attack('environments');
      expect(text).toContain('READ');
      expect(text).not.toContain(CANARY.slice('canary-'.length));
    } finally {
      sibling.kill('SIGKILL');
      quiet.kill('SIGKILL');
    }
  });

  it('cannot trace, read or end another process', async () => {
    const victim = spawn('sleep', ['60']);
    await once(victim, 'spawn');
    try {
      const { lines } = await attack('trace', [String(victim.pid)]);
      expect(lines.filter((line) => line.startsWith('DENIED'))).toHaveLength(3);
      expect(victim.exitCode ?? victim.signalCode).toBeNull();
    } finally {
      victim.kill('SIGKILL');
    }
  });

  it('reaches no server of the stack, by TCP or by a Unix socket', async () => {
    let visits = 0;
    const open = (at: number | string) =>
      listen(
        createServer(() => (visits += 1)),
        at,
      );
    const path = join(place.base, 'database.sock');
    const abstract = `ratchet-${randomUUID()}`;
    const servers = await Promise.all([open(0), open(path), open(`\0${abstract}`)]);
    try {
      const { lines } = await attack('connect', [String(portOf(servers[0])), path, abstract]);
      expect(lines.filter((line) => line.startsWith('DENIED'))).toHaveLength(5);
      expect(visits).toBe(0);
    } finally {
      for (const server of servers) server.close();
    }
  });

  it('sends nothing to the network, and is told so at once', async () => {
    const listener = createSocket('udp4');
    let datagrams = 0;
    listener.on('message', () => (datagrams += 1));
    listener.bind(0, '127.0.0.1');
    await once(listener, 'listening');
    try {
      const { lines, result } = await attack('reach_out', [String(listener.address().port)]);
      expect(lines.filter((line) => line.startsWith('DENIED'))).toHaveLength(7);
      expect(result.limit).toBeNull();
      expect(datagrams).toBe(0);
    } finally {
      listener.close();
    }
  });

  it('cannot write outside its folders', async () => {
    const beside = join(place.base, 'beside');
    await mkdir(beside, { mode: 0o777 });
    const targets = [
      join(beside, 'file'),
      program(),
      '/usr/local/bin/hostile',
      '/etc/hostile',
      '/hostile',
      '/dev/hostile',
    ];
    const { lines } = await attack('write', [...targets, '/var/tmp/hostile', '/proc/sys/kernel/hostname']);
    expect(lines.filter((line) => line.startsWith('GOT'))).toEqual([]);
    expect(await readdir(beside)).toEqual([]);
  });

  it('gains no privilege, mounts nothing and makes no namespace', async () => {
    const { lines } = await attack('become_more');
    expect(lines.filter((line) => line.startsWith('GOT'))).toEqual([]);
    expect(lines.filter((line) => line.startsWith('DENIED') || line.includes('su')).length).toBeGreaterThan(
      9,
    );
  });

  it('cannot end the supervisor or the worker', async () => {
    const { lines, result } = await attack('end_parents', [String(process.pid)]);
    expect(lines).toContain('ALIVE');
    expect(result.exitCode).toBe(0);
  });

  const over = (limits: Partial<LaunchSpec['limits']>) => ({ limits: { ...roomy, ...limits } });
  const named: readonly (readonly [string, string, LaunchResult['limit'], Partial<LaunchSpec>])[] = [
    ['forks without end', 'fork_bomb', 'processes', over({ processes: 40 })],
    ['fills the memory', 'fill_memory', 'memory', over({ memoryBytes: 128 * MIB })],
    [
      'fills the memory with many processes',
      'fill_memory_in_many',
      'memory',
      over({ memoryBytes: 256 * MIB }),
    ],
    [
      'fills the memory with files that have no name',
      'fill_memory_unseen',
      'memory',
      over({ memoryBytes: 128 * MIB }),
    ],
    ['fills the disk', 'fill_disk', 'disk', over({ diskBytes: 32 * MIB })],
    ['fills the disk with one file', 'one_large_file', 'disk', over({ diskBytes: 32 * MIB })],
    [
      'fills the disk with files that have no name',
      'fill_disk_unseen',
      'disk',
      over({ diskBytes: 32 * MIB }),
    ],
    ['nests folders beyond any path', 'nest', 'disk', {}],
    ['sleeps for ever', 'sleep', 'wall', over({ wallMs: 700 })],
    ['ignores SIGTERM', 'ignore_term', 'wall', over({ wallMs: 700 })],
    ['prints without end', 'print_without_end', 'output', over({ outputBytes: 2 * MIB })],
  ];

  it.each(named)('that %s is ended, and the limit named', async (_, name, limit, changes) => {
    const folder = join(place.output, randomUUID());
    await mkdir(folder);
    const takesFolder = ['disk'].includes(String(limit));
    const { result } = await attack(name, takesFolder ? [folder] : [], {
      ...changes,
      writable: [folder],
      cwd: folder,
    });
    expect(result.limit).toBe(limit);
  });

  it('that prints without end leaves a log of bounded size, and says that it was cut', async () => {
    const logFile = join(place.base, 'log.txt');
    const { result } = await attack('print_without_end', [], { ...over({ outputBytes: MIB }), logFile });
    expect(result.outputCut).toBe(true);
    expect((await stat(logFile)).size).toBeLessThan(MIB + 100);
    expect((await readFile(logFile, 'utf8')).trimEnd().endsWith('[output cut after 1048576 bytes]')).toBe(
      true,
    );
  });

  it('is not charged more than once for memory that its processes share', async () => {
    const { result } = await attack('share_pages', [], over({ memoryBytes: 256 * MIB }));
    expect(result).toMatchObject({ limit: null, exitCode: 0 });
  });

  it('leaves no process behind by forking twice into a session of its own', async () => {
    const { lines, result } = await attack('escape');
    expect(lines).toContain('ESCAPED');
    expect(result.exitCode).toBe(0);
  });

  it('cannot pass off a file of the machine as its output', async () => {
    const folder = join(place.output, 'traps');
    await mkdir(folder);
    const secret = join(place.base, 'secret');
    await writeFile(secret, CANARY);
    const { lines } = await attack('lay_traps', [folder, secret]);
    expect(lines.filter((line) => line.startsWith('GOT'))).toEqual([]);
    const take = (name: string) => withOutput(folder, name, (path) => readFile(path, 'utf8'), MIB);
    await expect(take('model.onnx')).rejects.toMatchObject({ code: 'OUTPUT_INVALID' });
    await expect(take('plots/secret')).rejects.toMatchObject({ code: 'OUTPUT_INVALID' });
    await expect(take('metrics.jsonl')).rejects.toMatchObject({ code: 'OUTPUT_INVALID' });
    await expect(take('notes.md')).rejects.toMatchObject({ code: 'OUTPUT_INVALID' });
    await expect(collectOutputs(folder)).rejects.toMatchObject({ code: 'OUTPUT_INVALID' });
  });

  it('leaves no program behind that runs as the worker, and nothing in the name of its own user', async () => {
    await attack('make_setuid', [place.output]);
    const found = await lstat(join(place.output, 'setuid'));
    if (process.getuid?.() === 0) expect(found.mode & 0o6000).toBe(0);
    expect(found.uid).toBe(process.getuid?.());
    expect((await stat(place.output)).uid).toBe(process.getuid?.());
  });

  it('is ended with everything it started when its supervisor is killed', async () => {
    const marker = `marker-${randomUUID()}`;
    const command = [programPython, program(), marker, 'escape_and_stay'];
    const running = place.launcher.launch(
      place.spec(command, { readOnly: [...pythonFolders, dirname(program())] }),
    );
    const ended = expect(running).rejects.toMatchObject({ code: 'INTERNAL' });
    await eventually(
      () => survivors(marker),
      (pids) => pids.length >= 3,
    );
    const { pid } = JSON.parse(await readFile(await leaseFile(place), 'utf8')) as { pid: number };
    process.kill(pid, 'SIGKILL');
    await ended;
    await eventually(
      () => survivors(marker),
      (pids) => pids.length === 0,
    );
  });
});

async function listen(server: Server, at: number | string): Promise<Server> {
  if (typeof at === 'number') server.listen(at);
  else server.listen(at);
  await once(server, 'listening');
  return server;
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('not a TCP server');
  return address.port;
}

/** The one lease of the place: all of its launches have the same key. */
async function leaseFile(place: RunPlace): Promise<string> {
  const [name] = await readdir(join(place.stateDir, 'leases'));
  if (name === undefined) throw new Error('no lease was taken yet');
  return join(place.stateDir, 'leases', name);
}
