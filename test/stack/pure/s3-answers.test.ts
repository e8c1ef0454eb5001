import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { s3Answers } from '../../../stack/parts/s3-answers.js';

const keys = { accessKey: 'key', secretKey: 'secret', region: 'us-east-1' };
let server: Server;
let bucket: URL;
let canRead = true;
let canWrite = true;
let stored: string | undefined;

beforeEach(async () => {
  [canRead, canWrite, stored] = [true, true, undefined];
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => {
      body += chunk.toString();
    });
    request.on('end', () => {
      if (request.method === 'PUT' && canWrite) stored = body;
      if (request.method === 'PUT' && !canWrite) response.statusCode = 503;
      if (request.method === 'GET' && stored === undefined) response.statusCode = 404;
      if (request.method === 'GET' && !canRead) response.statusCode = 500;
      response.end(request.method === 'GET' ? stored : '');
    });
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  bucket = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/bucket`);
});

afterEach(() => {
  server.closeAllConnections();
  server.close();
});

const ask = () => s3Answers(bucket, keys, AbortSignal.timeout(5000));

it('answers when what was written has been read', async () => {
  expect(await ask()).toBe(false);
  expect(await ask()).toBe(true);
});

it('does not answer while a server cannot read what it holds', async () => {
  await ask();
  canRead = false;
  expect(await ask()).toBe(false);
  canRead = true;
  expect(await ask()).toBe(true);
});

it('does not answer while a server cannot write', async () => {
  await ask();
  canWrite = false;
  expect(await ask()).toBe(false);
});

it('does not answer with what somebody else put there', async () => {
  stored = 'anything';
  expect(await ask()).toBe(false);
});
