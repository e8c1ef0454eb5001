import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Listening, listen } from '../../gateway/http/listen.js';
import { type GatewayRoom, openGatewayRoom, settings } from '../gateway/gateway-room.js';
import { projectOn, sendGithub } from '../gateway/send-hook.js';

let room: GatewayRoom;
let project: string;
let listening: Listening;
beforeAll(async () => {
  room = await openGatewayRoom();
  project = await projectOn(room, 'https://github.com/acme/flights');
  listening = await listen(room.app, { host: '127.0.0.1', port: 0 });
});
afterAll(async () => {
  await listening.close();
  await room.close();
});

const gibibyte = 1024 ** 3;
const mebibyte = 1024 ** 2;
const piece = Buffer.concat([Buffer.from('10000\r\n'), Buffer.alloc(65_536, 'x'), Buffer.from('\r\n')]);

/** Sends a chunked body that never announces its length, until it is whole or the other end has had enough. */
function stream(bytes: number): Promise<{ readonly status: string; readonly sent: number }> {
  return new Promise((resolve) => {
    let sent = 0;
    let answer = '';
    const socket = connect(listening.port, '127.0.0.1');
    const head = [
      `POST /hooks/${project} HTTP/1.1`,
      'host: localhost',
      'content-type: application/json',
      'x-github-event: push',
      'x-github-delivery: flood',
      `x-hub-signature-256: sha256=${'0'.repeat(64)}`,
      'transfer-encoding: chunked',
    ];
    const more = () => {
      while (sent < bytes && !socket.destroyed) {
        sent += 65_536;
        if (!socket.write(piece)) return;
      }
    };
    socket.on('connect', () => {
      socket.write(`${head.join('\r\n')}\r\n\r\n`);
      more();
    });
    socket.on('drain', more);
    socket.on('data', (chunk) => {
      answer += chunk.toString('latin1');
    });
    // The other end closes while we still send.
    socket.on('error', () => socket.destroy());
    socket.on('close', () => resolve({ status: answer.split('\r\n')[0] ?? '', sent }));
  });
}

/** The most memory that the process took while something was done, beyond what it had. */
async function memoryOf(work: () => Promise<void>): Promise<number> {
  const before = process.memoryUsage.rss();
  let most = before;
  const look = setInterval(() => {
    most = Math.max(most, process.memoryUsage.rss());
  }, 10);
  await work();
  clearInterval(look);
  return most - before;
}

describe('a webhook without an end', () => {
  it('of 1 GiB is answered with 413 after the first bytes, and takes no memory', async () => {
    await stream(8 * mebibyte);
    const bytes = await memoryOf(async () => {
      const { status, sent } = await stream(gibibyte);
      expect(status).toBe('HTTP/1.1 413 Payload Too Large');
      expect(sent).toBeLessThan(128 * mebibyte);
    });
    expect(bytes).toBeLessThan(100 * mebibyte);
  });

  it('from forty connections at once takes what sixteen bodies may take, and the gateway still answers', async () => {
    const bytes = await memoryOf(async () => {
      const all = await Promise.all(Array.from({ length: 40 }, () => stream(gibibyte)));
      for (const { status } of all) {
        expect(status).toMatch(/^HTTP\/1\.1 (413 Payload Too Large|429 Too Many Requests)$/);
      }
    });
    // Twice, for what was read and not yet collected.
    expect(bytes).toBeLessThan(2 * 16 * settings.hooks.maxBytes + 100 * mebibyte);
    const ping = { repository: { clone_url: 'https://github.com/acme/flights' } };
    expect((await sendGithub(room, project, ping, { event: 'ping' })).status).toBe(202);
  });
});
