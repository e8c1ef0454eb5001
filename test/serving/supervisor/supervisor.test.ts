import { once } from 'node:events';
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { ObservedEndpoint } from '../../../domain/ports/deployment-target.js';
import { agentFiles } from '../../../domain/serving/agent-files.js';
import { isAlive, waitUntilGone } from '../../../machine/process-identity.js';
import { predictOne } from '../../conformance/deployment-target.js';
import { type Message, openClients } from '../grpc/grpc-room.js';
import { readHosts, readKept } from './read-hosts.js';
import { addsTo, brokenModel, supervisorRooms } from './supervisor-room.js';

const open = supervisorRooms();
const quiet = new AbortController().signal;
const httpOf = ({ at }: ObservedEndpoint): string => at?.http ?? 'nowhere';
const longMs = 60_000;

describe('a supervisor that is killed', () => {
  it('finds what was live, at its addresses, and ends the hosts of the one before, also those that hang', async () => {
    const room = await open();
    const wanted = await room.wanted(7, addsTo(10), { health: { readyWithinMs: longMs, drainMs: 500 } });
    const before = await room.target.deploy(wanted, quiet);
    const [host] = readHosts(room.dir);
    if (host === undefined) throw new Error('there is no host');
    process.kill(host.pid, 'SIGSTOP');
    await room.kill();
    await room.start();
    // It comes before a host is ready, and waits.
    expect(await predictOne(httpOf(before))).toEqual({ status: 200, answer: 11 });
    expect(await room.target.observe(wanted)).toEqual(before);
    // The one before may still be writing to its own.
    expect(readKept(room.dir).spools).toEqual([2]);
    expect(await waitUntilGone(host, longMs)).toBe(true);
  });

  it('gives what its hosts have left to those that come, where they are gone too', async () => {
    const room = await open();
    const before = await room.target.deploy(await room.wanted(1, addsTo(10)), quiet);
    const [host] = readHosts(room.dir);
    if (host === undefined) throw new Error('there is no host');
    await room.kill();
    process.kill(host.pid, 'SIGKILL');
    expect(await waitUntilGone(host, longMs)).toBe(true);
    await room.start();
    expect(await predictOne(httpOf(before))).toEqual({ status: 200, answer: 11 });
    expect(readKept(room.dir).spools).toEqual([1]);
  });

  it('leaves nothing of a revision that was not live yet', async () => {
    const room = await open();
    const good = await room.target.deploy(await room.wanted(1, addsTo(10)), quiet);
    const next = await room.wanted(2, brokenModel);
    const deploying = room.target.deploy(next, quiet).catch((error: unknown) => error);
    await expect.poll(() => readHosts(room.dir).length, { timeout: longMs }).toBe(2);
    const hosts = readHosts(room.dir);
    await room.kill();
    expect(await deploying).toMatchObject({ code: 'PART_UNAVAILABLE' });
    await room.start();
    expect(await predictOne(httpOf(good))).toEqual({ status: 200, answer: 11 });
    for (const host of hosts) expect(await waitUntilGone(host, longMs)).toBe(true);
    expect((await room.target.observe(next)).revision).toBe(good.revision);
    const again = await room.target.deploy(await room.wanted(3, addsTo(30)), quiet);
    expect(await predictOne(httpOf(again))).toEqual({ status: 200, answer: 31 });
  });
});

describe('a supervisor', () => {
  it('ends its hosts and itself at SIGTERM, and is alone in its folder', async () => {
    const room = await open();
    await room.target.deploy(await room.wanted(1, addsTo(10), { replicas: 2 }), quiet);
    const hosts = readHosts(room.dir);
    expect(hosts).toHaveLength(2);
    const first = room.child();
    await expect(room.start()).rejects.toThrow('CONFLICT');
    first.kill('SIGTERM');
    await expect.poll(() => first.exitCode, { timeout: longMs }).toBe(0);
    expect(hosts.filter(isAlive)).toEqual([]);
  });

  it('answers under a path that is too long for the address of a socket, to its own user alone', async () => {
    const room = await open('state '.repeat(30));
    expect(await room.target.list()).toEqual([]);
    expect(statSync(join(room.dir, agentFiles.socket)).mode & 0o777).toBe(0o600);
  });

  it('gives hosts what a revision names, its secrets too, and nothing of its own', async () => {
    const room = await open();
    writeFileSync(join(room.secretsDir, 'key'), 'hunter2-of-tests\n', { mode: 0o600 });
    const wanted = await room.wanted(1, addsTo(10), {
      environment: { AIRPORT: 'ORD', API_KEY: 'secret://key' },
    });
    await room.target.deploy(wanted, quiet);
    const [host] = readHosts(room.dir);
    const environ = readFileSync(`/proc/${host?.pid}/environ`, 'utf8').split('\0');
    expect(environ).toEqual(
      expect.arrayContaining(['AIRPORT=ORD', 'API_KEY=hunter2-of-tests', 'RATCHET_SERVING_MAX_RUN_MS=54321']),
    );
    expect(
      environ.filter((entry) =>
        /^(NEVER_HANDED_ON|RATCHET_STATE_DIR|RATCHET_S3|RATCHET_SERVING_MODELS)/.test(entry),
      ),
    ).toEqual([]);
    const kept = readFileSync(join(room.dir, 'flights/late/.endpoint.json'), 'utf8');
    expect(kept).toContain('secret://key');
    expect(kept).not.toContain('hunter2-of-tests');
  });

  it('is given a file anew that is broken where it was put, and mends what is live of it', async () => {
    const room = await open();
    const wanted = await room.wanted(1, addsTo(10));
    const [model] = wanted.models;
    if (model === undefined) throw new Error('there is no model');
    await room.target.deploy(wanted, quiet);
    await room.stop();
    for (const path of [
      `${agentFiles.files}/${model.sha256}`,
      `flights/late/${wanted.revision}/manifest.json`,
    ]) {
      const file = join(room.dir, path);
      writeFileSync(file, 'x'.repeat(statSync(file).size));
    }
    await room.start();
    const mended = await room.target.deploy(wanted, quiet);
    expect(await predictOne(httpOf(mended))).toEqual({ status: 200, answer: 11 });
  });

  it('waits for the port of an endpoint that another program took while nobody held it', async () => {
    const room = await open();
    const before = await room.target.deploy(await room.wanted(1, addsTo(10)), quiet);
    await room.stop();
    const thief = createServer().listen(Number(new URL(httpOf(before)).port), '127.0.0.1');
    await once(thief, 'listening');
    await room.start();
    await expect
      .poll(async () => (await room.target.logs(before, 100)).join('\n'), { timeout: longMs })
      .toContain('EADDRINUSE');
    expect((await room.target.observe(before)).at).toBeNull();
    thief.close();
    await expect.poll(() => room.target.observe(before), { timeout: longMs }).toEqual(before);
    expect(await predictOne(httpOf(before))).toEqual({ status: 200, answer: 11 });
  });

  it('keeps the other endpoints where it cannot read what is remembered of one, and says so of that one', async () => {
    const room = await open();
    const good = await room.target.deploy(await room.wanted(1, addsTo(10)), quiet);
    await room.stop();
    const broken = join(room.dir, 'flights', 'early');
    mkdirSync(broken);
    writeFileSync(join(broken, '.endpoint.json'), '{"version":1');
    await room.start();
    await expect.poll(() => room.target.observe(good), { timeout: longMs }).toEqual(good);
    const other = await room.wanted(1, addsTo(1), { endpoint: 'early' });
    await expect(room.target.deploy(other, quiet)).rejects.toMatchObject({
      code: 'CONFLICT',
      message: expect.stringContaining('flights/early/.endpoint.json does not say'),
    });
  });

  it('loses no request of a host that somebody ends in order', async () => {
    const room = await open();
    const wanted = await room.wanted(1, addsTo(10));
    const observed = await room.target.deploy(wanted, quiet);
    const over = new AbortController();
    const answers = new Set<unknown>();
    const asking = [0, 1].map(async () => {
      while (!over.signal.aborted) answers.add((await predictOne(httpOf(observed))).answer);
    });
    process.kill(readHosts(room.dir)[0]?.pid ?? 0, 'SIGTERM');
    const replicas = async () => (await room.target.observe(wanted)).replicas;
    await expect.poll(replicas, { timeout: longMs }).toMatchObject([{ state: 'ready', restarts: 1 }]);
    over.abort();
    await Promise.all(asking);
    expect([...answers]).toEqual([11]);
  });

  it('starts a host anew that takes more memory than it may', async () => {
    const room = await open();
    const wanted = await room.wanted(1, addsTo(10), { resources: { cpus: 1, memoryMiB: 128 } });
    await room.target.deploy(wanted, quiet);
    const lines = async () => (await room.target.logs(wanted, 100)).join('\n');
    await expect.poll(lines, { timeout: longMs }).toMatch(/it used \d+ MiB of memory, 128 are allowed/);
  });

  it('refuses a revision whose secret has no value, and what is live goes on', async () => {
    const room = await open();
    const good = await room.target.deploy(await room.wanted(1, addsTo(10)), quiet);
    const next = await room.wanted(2, addsTo(20), { environment: { API_KEY: 'secret://nobody' } });
    await expect(room.target.deploy(next, quiet)).rejects.toMatchObject({ code: 'SECRET_MISSING' });
    expect(await room.target.observe(next)).toEqual(good);
  });

  it('ends what it has begun when nobody waits for it any more', async () => {
    const room = await open();
    const good = await room.target.deploy(await room.wanted(1, addsTo(10)), quiet);
    const over = new AbortController();
    const deploying = room.target.deploy(await room.wanted(2, brokenModel), over.signal);
    deploying.catch(() => undefined);
    await expect.poll(() => readHosts(room.dir).length, { timeout: longMs }).toBe(2);
    over.abort(new Error('cancelled'));
    await expect(deploying).rejects.toThrow('cancelled');
    await expect.poll(() => room.target.observe(good), { timeout: longMs }).toEqual(good);
    expect(readHosts(room.dir)).toHaveLength(1);
  });

  it('starts a host anew that does not answer any more', async () => {
    const room = await open();
    const wanted = await room.wanted(1, addsTo(10));
    const observed = await room.target.deploy(wanted, quiet);
    process.kill(readHosts(room.dir)[0]?.pid ?? 0, 'SIGSTOP');
    const restarts = async () => (await room.target.observe(wanted)).replicas[0]?.restarts;
    await expect.poll(restarts, { interval: 500 }).toBe(1);
    expect(await predictOne(httpOf(observed))).toEqual({ status: 200, answer: 11 });
    expect((await room.target.logs(wanted, 100)).join('\n')).toMatch(/it does not answer/);
  });

  it('has the numbers of all replicas on one page, each with its replica', async () => {
    const room = await open();
    const wanted = await room.wanted(1, addsTo(10), { replicas: 2 });
    const observed = await room.target.deploy(wanted, quiet);
    for (let asked = 0; asked < 4; asked += 1) await predictOne(httpOf(observed));
    const page = await (await fetch(observed.at?.metrics ?? '')).text();
    const counts = [
      ...page.matchAll(/^nv_inference_count\{replica="([^"]+)",model="adds",version="1"\} (\d+)$/gm),
    ];
    expect(counts.map(([, id, count]) => [id, count])).toEqual([
      [`${wanted.revision}-1`, '2'],
      [`${wanted.revision}-2`, '2'],
    ]);
    expect(page.match(/# TYPE nv_inference_count /g)).toHaveLength(1);
  });
});

describe('gRPC, while a revision takes the place of another', () => {
  it('answers every call of a client that keeps its channel', async () => {
    const room = await open();
    const observed = await room.target.deploy(await room.wanted(1, addsTo(10)), quiet);
    const { infer, close } = openClients(Number(observed.at?.grpc.split(':')[1]));
    const message = {
      model_name: 'adds',
      inputs: [{ name: 'x', datatype: 'FP32', shape: [1, 1], contents: { fp32_contents: [1] } }],
    };
    const over = new AbortController();
    const codes = new Set<string>();
    const seen = new Set<number>();
    const call = () =>
      new Promise<void>((resolve) => {
        infer.ModelInfer(message, (error: Error | null, answer: Message) => {
          codes.add(error?.message ?? 'OK');
          for (const output of answer?.outputs ?? []) seen.add(output.contents.fp32_contents[0]);
          resolve();
        });
      });
    const asking = [0, 1].map(async () => {
      while (!over.signal.aborted) {
        await call();
        await sleep(5);
      }
    });
    await room.target.deploy(await room.wanted(2, addsTo(20)), quiet);
    await room.target.deploy(await room.wanted(3, addsTo(30)), quiet);
    over.abort();
    await Promise.all(asking);
    close();
    expect([[...codes], seen]).toEqual([['OK'], new Set([11, 21, 31])]);
  });
});
