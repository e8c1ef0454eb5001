import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { packageRoot } from '../../stack/package-root.js';

const fixtures = join(packageRoot(), 'test/fixtures/tls');
/** What a reader of the server has to believe. */
export const gitAuthority = join(fixtures, 'local-certificate.pem');

/** Bare repositories of a folder over smart HTTP, as a Git host serves them. */
export interface GitServer {
  /** `https://localhost:port`, without a slash at its end. */
  readonly url: string;
  /** Done once, before the next answer with the objects of a commit. */
  beforeNextFetch(work: () => Promise<void>): void;
  /** Answers nobody any more, until what it gives is called. */
  fallSilent(): () => void;
  close(): Promise<void>;
}

export async function serveRepositories(folder: string): Promise<GitServer> {
  let beforeFetch: (() => Promise<void>) | undefined;
  let speaks: Promise<void> = Promise.resolve();
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const body = await buffer(request);
    await speaks;
    if (body.includes('command=fetch')) {
      const work = beforeFetch;
      beforeFetch = undefined;
      await work?.();
    }
    writeAnswer(await askBackend(folder, request, body), response);
  };
  const tls = {
    cert: readFileSync(gitAuthority),
    key: readFileSync(join(fixtures, 'local-key.pem')),
  };
  const server = createServer(tls, (request, response) => {
    answer(request, response).catch((error: unknown) => response.writeHead(500).end(String(error)));
  });
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  return {
    url: `https://localhost:${(server.address() as AddressInfo).port}`,
    beforeNextFetch(work) {
      beforeFetch = work;
    },
    fallSilent() {
      let speak: () => void = () => undefined;
      speaks = new Promise((resolve) => {
        speak = resolve;
      });
      return speak;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** What git's own program for web servers says to a request. */
async function askBackend(folder: string, request: IncomingMessage, body: Buffer): Promise<Buffer> {
  const { pathname, search } = new URL(request.url ?? '/', 'https://localhost');
  const env = {
    PATH: process.env['PATH'] ?? '',
    GIT_PROJECT_ROOT: folder,
    GIT_HTTP_EXPORT_ALL: '1',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_PROTOCOL: String(request.headers['git-protocol'] ?? ''),
    HTTP_CONTENT_ENCODING: String(request.headers['content-encoding'] ?? ''),
    CONTENT_TYPE: String(request.headers['content-type'] ?? ''),
    CONTENT_LENGTH: String(body.length),
    PATH_INFO: pathname,
    QUERY_STRING: search.slice(1),
    REMOTE_ADDR: '127.0.0.1',
    REQUEST_METHOD: request.method ?? 'GET',
  };
  const backend = spawn('git', ['http-backend'], { env, stdio: ['pipe', 'pipe', 'ignore'] });
  // It may end without having read all that it was sent.
  backend.stdin.on('error', () => undefined);
  backend.stdin.end(body);
  return buffer(backend.stdout);
}

function writeAnswer(said: Buffer, response: ServerResponse): void {
  const end = said.indexOf('\r\n\r\n');
  const headers = said
    .toString('latin1', 0, end)
    .split('\r\n')
    .map((line) => line.split(': ', 2) as [string, string]);
  const status = headers.find(([name]) => name === 'Status')?.[1] ?? '200';
  for (const [name, value] of headers) if (name !== 'Status') response.setHeader(name, value);
  response.writeHead(Number.parseInt(status, 10)).end(said.subarray(end + 4));
}
