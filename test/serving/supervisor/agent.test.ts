import { request } from 'node:http';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import { expect, it } from 'vitest';
import { agentFiles } from '../../../domain/serving/agent-files.js';
import { addsTo, supervisorRooms } from './supervisor-room.js';

const open = supervisorRooms();

it('refuses what is not of its form, and says what is wrong', async () => {
  const room = await open();
  const socketPath = join(room.dir, agentFiles.socket);
  const ask = (method: string, path: string, body?: string) =>
    new Promise<unknown>((resolve, reject) => {
      request({ socketPath, method, path, agent: false }, (answer) => {
        json(answer).then((told) => resolve([answer.statusCode, told]), reject);
      })
        .once('error', reject)
        .end(body);
    });
  const refused = (message: string) => [
    400,
    { code: 'REQUEST_INVALID', message: expect.stringContaining(message) },
  ];
  const wanted = await room.wanted(1, addsTo(1));
  const put = (change: object) =>
    ask('PUT', '/endpoints/flights/late', JSON.stringify({ ...wanted, ...change }));

  expect(await ask('GET', '/')).toEqual(refused('nothing that can be asked here'));
  expect(await ask('GET', '/endpoints/a/b/c/d')).toEqual(refused('nothing that can be asked here'));
  expect(await ask('POST', '/endpoints/flights/late', '{}')).toEqual(refused('POST /endpoints/flights/late'));
  expect(await ask('GET', '/endpoints/..%2f/late')).toEqual(refused('a name of lower case letters'));
  expect(await ask('GET', '/endpoints/flights/late/logs?lines=0')).toEqual(refused('>=1'));
  expect(await ask('PUT', '/endpoints/flights/late', '{')).toEqual(refused('not JSON'));
  expect(await put({ revision: '../../elsewhere' })).toEqual(refused('an id of letters'));
  expect(await put({ models: [] })).toEqual(refused('models'));
  expect(await put({ replicas: 33 })).toEqual(refused('replicas'));
  expect(await put({ environment: { RATCHET_SERVING_HOST: '0.0.0.0' } })).toEqual(
    refused('environment.RATCHET_SERVING_HOST'),
  );
  expect(await put({ environment: { NODE_OPTIONS: '--require=/tmp/x.cjs' } })).toEqual(
    refused('environment.NODE_OPTIONS'),
  );
  expect(await put({ endpoint: 'early' })).toEqual(refused('was sent to flights/late'));
  expect(await put({ more: 1 })).toEqual(refused('more'));
  expect(await room.target.list()).toEqual([]);
});

it('refuses a revision whose files were not put there', async () => {
  const room = await open();
  const wanted = await room.wanted(1, addsTo(1));
  const gone = { uri: 's3://test/blobs/none', sha256: 'a'.repeat(64), bytes: 0 };
  const put = (change: object) => {
    const socketPath = join(room.dir, agentFiles.socket);
    return new Promise<unknown>((resolve, reject) => {
      request({ socketPath, method: 'PUT', path: '/endpoints/flights/late', agent: false }, (answer) => {
        json(answer).then(resolve, reject);
      })
        .once('error', reject)
        .end(JSON.stringify({ ...wanted, ...change }));
    });
  };
  expect(await put({ application: gone })).toMatchObject({ code: 'BLOB_MISSING' });
});
