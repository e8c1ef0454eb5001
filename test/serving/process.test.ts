import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { pickPorts } from '../../machine/free-ports.js';
import { supervised } from '../../serving/heed-supervisor.js';
import { nodeArgs, program } from '../setup/own-program.js';
import { servingRoom } from './serving-room.js';
import { addsTo } from './small-models.js';

const room = servingRoom();
const freePorts = {
  RATCHET_SERVING_HTTP_PORT: '0',
  RATCHET_SERVING_GRPC_PORT: '0',
  RATCHET_METRICS_PORT: '0',
};
const portOptions = ['--http-port', '0', '--grpc-port', '0', '--metrics-port', '0'];

const started: ChildProcess[] = [];
afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
});

/** A program of ours, with all that it has said so far. */
function start(path: string, args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const child = spawn(process.execPath, [...nodeArgs(path), ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  started.push(child);
  const said = { out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said.out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said.err += text;
  });
  const ended = once(child, 'close').then(([code]) => code as number | null);
  return { child, said, ended };
}

/** Waits until a program has said something; one that ended will not. */
async function heard({ child, said }: ReturnType<typeof start>, text: string): Promise<string> {
  const isOver = () => child.exitCode !== null || said.out.includes(text);
  await expect.poll(isOver).toBe(true);
  expect([said.out, said.err]).toEqual([expect.stringContaining(text), '']);
  return said.out;
}

async function predict(http: string, rows: readonly unknown[]): Promise<unknown> {
  const response = await fetch(`${http}/predict`, { method: 'POST', body: JSON.stringify(rows) });
  return await response.json();
}

describe('the server as a process', () => {
  it('says where it answers, answers in every protocol, and ends with 0 when it is told to', async () => {
    const repository = room.repositoryOf({ 'adds/1/model.onnx': addsTo(1) });
    const server = start('serving/main', [], { ...freePorts, RATCHET_SERVING_REPOSITORY: repository });
    const { http, metrics, ...others } = JSON.parse(await heard(server, '\n')) as {
      http: string;
      metrics: string;
    };
    expect(others).toMatchObject({ ready: true, process: 'serving', grpc: expect.stringMatching(/:\d+$/) });
    expect(await predict(http, [1, 2])).toMatchObject({
      predictions: [2, 3],
      model_name: 'adds',
      model_version: '1',
    });
    const numbers = await (await fetch(metrics)).text();
    expect(numbers).toContain('nv_inference_count{model="adds",version="1"} 2');
    expect(numbers).toContain('ratchet_serving_info{execution_provider="cpu",endpoint="",revision=""} 1');
    server.child.kill('SIGTERM');
    expect(await server.ended).toBe(0);
    expect(server.said.err).toBe('');
  });

  it('is ready when every protocol can be spoken, and not before', async () => {
    const repository = room.repositoryOf({ 'adds/1/model.onnx': addsTo(1) });
    const names = ['http', 'grpc', 'metrics'] as const;
    const wishes = names.map((name) => ({ name, twin: false }));
    const { http = 0, grpc = 0, metrics = 0 } = await pickPorts(wishes, process.pid);
    start('serving/main', [], {
      RATCHET_SERVING_HTTP_PORT: `${http}`,
      RATCHET_SERVING_GRPC_PORT: `${grpc}`,
      RATCHET_METRICS_PORT: `${metrics}`,
      RATCHET_SERVING_REPOSITORY: repository,
    });
    const isReady = () =>
      fetch(`http://127.0.0.1:${http}/v2/health/ready`).then(
        ({ status }) => status === 200,
        () => false,
      );
    await expect.poll(isReady, { interval: 2 }).toBe(true);
    for (const port of [grpc, metrics]) {
      const connection = connect(port, '127.0.0.1');
      await once(connection, 'connect');
      connection.destroy();
    }
  });

  it('that is supervised takes what is on its way after a signal, and ends once nothing is', async () => {
    const repository = room.repositoryOf({ 'adds/1/model.onnx': addsTo(1) });
    const { file, execArgv } = program('serving/main');
    const child = fork(file, [supervised], {
      env: { ...process.env, ...freePorts, RATCHET_SERVING_REPOSITORY: repository },
      execArgv: [...execArgv],
    });
    started.push(child);
    const exited = once(child, 'exit');
    expect(await once(child, 'message')).toMatchObject([{ ready: true }, undefined]);
    child.kill('SIGTERM');
    expect(await once(child, 'message')).toEqual([{ leaving: true }, undefined]);
    const front = createServer({ pauseOnConnect: true });
    await new Promise<void>((resolve) => front.listen(0, '127.0.0.1', resolve));
    const accepted = once(front, 'connection');
    const client = connect((front.address() as AddressInfo).port, '127.0.0.1');
    client.write('GET /v2/health/live HTTP/1.1\r\nhost: localhost\r\n\r\n');
    const [connection] = (await accepted) as [Socket];
    // Longer than a host without a request takes to end.
    await sleep(300);
    child.send({ take: 'http' }, connection);
    child.send({ left: true });
    expect(String((await once(client, 'data'))[0])).toMatch(/^HTTP\/1\.1 200 /);
    client.destroy();
    front.close();
    expect((await exited)[0]).toBe(0);
  });

  it('says why it does not start', async () => {
    const { said, ended } = start('serving/main', [], { ...freePorts, RATCHET_SERVING_REPOSITORY: '' });
    expect(await ended).toBe(1);
    expect(said.err).toBe(
      'serving: SETTING_INVALID: no models are set to be served, allowed is one of them: RATCHET_SERVING_REPOSITORY, or RATCHET_SERVING_MODELS or RATCHET_SERVING_MANIFEST\n',
    );
  });
});

describe('ratchet serve', () => {
  it('prints the addresses, serves until a signal, and ends with 0', async () => {
    const repository = room.repositoryOf({ 'adds/1/model.onnx': addsTo(1), 'adds/2/model.onnx': addsTo(2) });
    const server = start('cli/main', ['serve', '--repository', repository, ...portOptions]);
    const http = /examples +(\S+)/.exec(await heard(server, 'Ctrl-C'))?.[1] ?? '';
    expect(await predict(http, [1])).toMatchObject({ predictions: [3], model_version: '2' });
    server.child.kill('SIGINT');
    expect(await server.ended).toBe(0);
  });

  it('ends with the code of what is wrong, in one line', async () => {
    const repository = room.repositoryOf({ 'adds/1/model.onnx': addsTo(1) });
    const args = ['serve', '--repository', repository, '--default-model', 'nobody', ...portOptions];
    const { said, ended } = start('cli/main', args);
    expect(await ended).toBe(4);
    expect(said.err).toMatch(/^MODEL_NOT_FOUND: [^\n]*"nobody"[^\n]*\n$/);
  });

  it('takes the server with it when it is killed', async () => {
    const repository = room.repositoryOf({ 'adds/1/model.onnx': addsTo(1) });
    const server = start('cli/main', ['serve', '--repository', repository, ...portOptions]);
    const http = /examples +(\S+)/.exec(await heard(server, 'Ctrl-C'))?.[1] ?? '';
    server.child.kill('SIGKILL');
    const answers = () =>
      fetch(`${http}/v2/health/live`).then(
        () => true,
        () => false,
      );
    await expect.poll(answers).toBe(false);
  });
});
