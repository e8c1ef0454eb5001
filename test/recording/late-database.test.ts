import { expect, test } from 'vitest';
import { pickPorts } from '../../machine/free-ports.js';
import { answered } from './answered-rows.js';
import { forward } from './forward.js';
import { recordingRoom, storedRows } from './recording-room.js';

const room = recordingRoom();
test('a server that ends while it rests from a database that was away delivers first, where that is back', async () => {
  const { app, servingUrl } = await room.database();
  const url = new URL(servingUrl);
  const { port: away = 0 } = await pickPorts([{ name: 'port', twin: false }], process.pid);
  const to = Number(url.port);
  url.port = String(away);
  url.hostname = '127.0.0.1';
  const { recorder, close, log } = room.record({ databaseUrl: url.href });
  for (let n = 1; n <= 3; n += 1) await recorder.record(answered(n));
  recorder.roll();
  await expect.poll(() => log.join('')).toContain('predictions wait on the disk');
  // It has failed often enough to rest for seconds.
  await new Promise((resolve) => setTimeout(resolve, 4000));
  await forward(away, to);
  await close();
  expect((await storedRows(app)).map(({ x }) => x)).toEqual([1, 2, 3]);
});

test('a server that ends while the database is still away does not wait for it, and keeps what it has', async () => {
  const { servingUrl } = await room.database();
  const { recorder, close, numbers, log } = room.record({ databaseUrl: servingUrl.replace(/:\d+\//, ':1/') });
  await recorder.record(answered(1));
  recorder.roll();
  await expect.poll(() => log.join('')).toContain('predictions wait on the disk');
  await close();
  expect(numbers()).toMatchObject({ records: 1, delivered: 0, dropped: 0 });
});
