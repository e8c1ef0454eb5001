import { connect as connectHttp2 } from 'node:http2';
import { join } from 'node:path';
import { connect as connectTls } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningStack, startStack } from '../../stack/start-stack.js';
import { withoutSettings } from '../setup/settings-free.js';
import { listeningPorts } from './fixtures/listening-ports.js';
import { getObject, putObject } from './fixtures/s3-object.js';
import { makeHome, removeHome } from './fixtures/state-folder.js';

const home = makeHome();
const secret = 'content that only a key opens';
const twin = 10_000;
let stack: RunningStack;
let ports: readonly number[] = [];

beforeAll(async () => {
  stack = await startStack({
    stateDir: join(home, 'state'),
    processes: false,
    ui: false,
    env: withoutSettings(process.env),
    log: () => undefined,
  });
  await putObject(stack.env, 'folder/secret', secret);
  await putObject(stack.env, 'folder/unguessed', secret);
  const pid = stack.parts()['s3']?.process?.pid;
  ports = pid === undefined ? [] : listeningPorts(pid).map(({ port }) => port);
});

afterAll(async () => {
  await stack.stop();
  removeHome(home);
});

const httpPorts = () => ports.filter((port) => !ports.includes(port - twin));
const grpcPorts = () => ports.filter((port) => ports.includes(port - twin));

/** Paths by which one of the services would list, read, place or delete. */
const paths = [
  '/',
  '/ratchet',
  '/ratchet/folder/secret',
  '/buckets/ratchet/folder/secret',
  '/buckets/ratchet/folder/?pretty=y',
  '/etc/iam/identity.json',
  '/dir/assign',
  '/dir/lookup?volumeId=1',
  '/dir/status',
  '/vol/grow?count=1',
  '/col/delete?collection=ratchet',
  '/submit',
  '/1,01',
];
const harmless = /^(\/|\/healthz|\/cluster\/status)$/;

describe('the embedded S3 without a key', () => {
  it('has five services and the gRPC twin of each', () => {
    expect(httpPorts()).toHaveLength(5);
    expect(grpcPorts()).toHaveLength(5);
  });

  it('gives no object and no listing on any HTTP port', async () => {
    const answers = await Promise.all(
      httpPorts().flatMap((port) =>
        paths.map(async (path) => {
          const response = await fetch(`http://127.0.0.1:${port}${path}`, { redirect: 'manual' });
          return { port, path, status: response.status, text: await response.text() };
        }),
      ),
    );
    expect(answers.filter(({ text }) => text.includes(secret) || text.includes('unguessed'))).toEqual([]);
    const open = answers.filter(({ path, status }) => status < 400 && !harmless.test(path));
    expect(open).toEqual([]);
  });

  it('takes no write and no delete on any HTTP port', async () => {
    const tries = httpPorts().flatMap((port) =>
      ['PUT', 'POST', 'DELETE'].flatMap((method) => paths.map((path) => ({ port, method, path }))),
    );
    const taken = await Promise.all(
      tries.map(async ({ port, method, path }) => {
        const body = method === 'DELETE' ? null : 'x';
        const response = await fetch(`http://127.0.0.1:${port}${path}`, { method, body, redirect: 'manual' });
        await response.arrayBuffer();
        return response.status < 300 && !harmless.test(path)
          ? [`${method} ${port} ${path}: ${response.status}`]
          : [];
      }),
    );
    expect(taken.flat()).toEqual([]);
    expect(await getObject(stack.env, 'folder/secret')).toBe(secret);
  });

  it('refuses a wrong secret for the right key', async () => {
    const wrong = { ...stack.env, RATCHET_S3_SECRET_KEY: 'a guess' };
    await expect(getObject(wrong, 'folder/secret')).rejects.toThrow(/signature/i);
  });

  it('speaks with nobody on a gRPC port who has no certificate', async () => {
    const outcomes = await Promise.all(grpcPorts().map(tlsOutcome));
    expect(outcomes).toEqual(grpcPorts().map(() => 'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED'));
  });

  it('speaks with nobody on a gRPC port in the clear', async () => {
    const outcomes = await Promise.all(grpcPorts().map(clearOutcome));
    expect(outcomes.filter((outcome) => outcome === 'answered')).toEqual([]);
  });
});

function tlsOutcome(port: number): Promise<string> {
  return new Promise((resolve) => {
    const options = {
      host: '127.0.0.1',
      port,
      rejectUnauthorized: false,
      ALPNProtocols: ['h2'],
      minVersion: 'TLSv1.3',
    } as const;
    const socket = connectTls(options, () => socket.write('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'));
    socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    socket.once('data', () => socket.once('data', () => resolve('answered')));
    socket.setTimeout(5000, () => resolve(socket.destroy() ? 'silence' : ''));
  });
}

function clearOutcome(port: number): Promise<string> {
  return new Promise((resolve) => {
    const session = connectHttp2(`http://127.0.0.1:${port}`);
    const end = (outcome: string) => {
      session.destroy();
      resolve(outcome);
    };
    session.once('error', (error) => end(error.message));
    session.once('close', () => end('closed'));
    const request = session.request({ ':method': 'POST', ':path': '/filer_pb.SeaweedFiler/ListEntries' });
    request.once('error', (error) => end(error.message));
    request.once('response', () => end('answered'));
  });
}
