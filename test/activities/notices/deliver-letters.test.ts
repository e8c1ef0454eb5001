import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { deliverLetters } from '../../../activities/notices/deliver-letters.js';
import { type LocalServer, localServer } from '../adapters/egress/local-server.js';
import { type NoticeRoom, noticeRoom } from './notice-room.js';

const key = `whsec_${randomBytes(32).toString('base64')}`;

async function roomWith(servers: Readonly<Record<string, LocalServer>>): Promise<NoticeRoom> {
  const room = await noticeRoom();
  for (const [target, { url }] of Object.entries(servers)) room.secrets.set(`${target}-url`, `${url}/hook`);
  room.secrets.set('ops-key', key);
  return room;
}

const titles = ({ seen }: LocalServer): readonly string[] =>
  seen.map(({ body }) => JSON.parse(body).data.title);

/** Answers with these statuses in turn, then 200. */
function answering(...statuses: readonly number[]) {
  const left = [...statuses];
  return localServer((_, response) => response.writeHead(left.shift() ?? 200).end());
}

describe('letters that are due', () => {
  it('are carried, each line in its order, and each try is written down', async () => {
    const ops = await answering();
    const room = await roomWith({ ops });
    for (const one of ['a', 'b', 'c']) await room.put(one, ['ops']);
    expect(await room.deliver()).toBeNull();
    expect(titles(ops)).toEqual(['a', 'b', 'c']);
    const letter = await room.letter('a');
    expect(letter).toMatchObject({
      status: 'delivered',
      attempts: 1,
      deliveredAt: '2026-01-02T03:04:05.000Z',
    });
    expect(await room.attempts('a')).toEqual([
      { letter: letter.id, at: '2026-01-02T03:04:05.000Z', ms: 0, error: null },
    ]);
    expect(await room.deliver()).toBeNull();
    expect(ops.seen.length).toBe(3);
  });

  it('wait for one before them that waits for its retry, but not those of another model or target', async () => {
    let isDown = true;
    const ops = await localServer(({ body }, response) => {
      const isFirst = JSON.parse(body).data.title === 'a';
      response.writeHead(isDown && isFirst ? 503 : 200).end();
    });
    const other = await answering();
    const room = await roomWith({ ops, other });
    await room.put('a', ['ops', 'other']);
    await room.put('b', ['ops', 'other']);
    await room.put('c', ['ops'], 'n');
    const at = await room.deliver();
    expect(titles(ops).toSorted()).toEqual(['a', 'c']);
    expect(titles(other)).toEqual(['a', 'b']);
    expect((await room.attempts('a', 'ops'))[0]?.error).toMatch(
      /^EGRESS_FAILED: 127.0.0.1:\d+ answered 503$/,
    );
    const waits = Date.parse(at ?? '') - room.clock;
    expect(waits).toBeGreaterThanOrEqual(10_000);
    expect(waits).toBeLessThanOrEqual(12_000);
    expect(await room.deliver()).toBe(at);
    expect(ops.seen.length).toBe(2);
    room.clock += waits;
    isDown = false;
    expect(await room.deliver()).toBeNull();
    expect(titles(ops).slice(2)).toEqual(['a', 'b']);
  });

  it('are tried again when the target says', async () => {
    const ops = await localServer((_, response) => response.writeHead(429, { 'retry-after': '3600' }).end());
    const room = await roomWith({ ops });
    await room.put('a', ['ops']);
    expect(await room.deliver()).toBe('2026-01-02T04:04:05.000Z');
  });

  it('that are refused are dead at once, and the next goes out', async () => {
    const ops = await answering(404);
    const room = await roomWith({ ops });
    await room.put('a', ['ops']);
    await room.put('b', ['ops']);
    expect(await room.deliver()).toBeNull();
    expect((await room.letter('a')).status).toBe('dead');
    expect((await room.letter('b')).status).toBe('delivered');
    expect((await room.attempts('a'))[0]?.error).toMatch(/^NOTICE_REFUSED: 127.0.0.1:\d+ answered 404$/);
  });

  it('that nobody ever takes are given up after more than three days', async () => {
    const room = await roomWith({});
    room.secrets.set('ops-url', 'http://127.0.0.1:1/');
    const since = room.clock;
    await room.put('a', ['ops']);
    for (let at = await room.deliver(); at !== null; at = await room.deliver()) room.clock = Date.parse(at);
    const letter = await room.letter('a');
    expect(letter).toMatchObject({ status: 'dead', attempts: 20 });
    expect(room.clock - since).toBeGreaterThan(72 * 3_600_000);
    expect((await room.attempts('a')).map(({ error }) => error)).toEqual(
      Array(20).fill('EGRESS_FAILED: 127.0.0.1 gave no usable answer: nothing listens there'),
    );
  });

  it('of a slow target hold up no other', async () => {
    let release: () => void = () => undefined;
    const slow = await localServer((_, response) => {
      release = () => response.end();
    });
    const ops = await answering();
    const room = await roomWith({ ops, other: slow });
    await room.put('slow', ['other']);
    for (let index = 0; index < 30; index += 1) await room.put(`k${index}`, ['ops']);
    const delivered = room.deliver();
    await expect.poll(() => ops.seen.length).toBe(30);
    expect((await room.letter('slow')).status).toBe('pending');
    release();
    expect(await delivered).toBeNull();
    expect((await room.letter('slow')).status).toBe('delivered');
  });

  it('come again with the same id where it was not written down that they arrived', async () => {
    const ops = await answering();
    const room = await roomWith({ ops });
    const { outbox } = room;
    let isAway = true;
    const deps = {
      ...room.deps,
      outbox: {
        ...outbox,
        attempted: async (...tried: Parameters<typeof outbox.attempted>) => {
          if (isAway) throw new Error('the database is away');
          await outbox.attempted(...tried);
        },
      },
    };
    await room.put('a', ['ops']);
    await room.put('b', ['ops'], 'n');
    const signal = new AbortController().signal;
    await expect(deliverLetters(deps, signal)).rejects.toThrow('the database is away');
    isAway = false;
    expect(await deliverLetters(deps, signal)).toEqual({ nextAt: null });
    const ids = ops.seen.map(({ headers }) => headers['webhook-id']);
    expect(ids.length).toBe(4);
    expect(new Set(ids).size).toBe(2);
  });

  it('are left when the work is to stop, or has taken a minute, and it is said when the next is due', async () => {
    const room = await roomWith({
      ops: await localServer((_, response) => {
        room.clock += 61_000;
        response.end();
      }),
    });
    await room.put('a', ['ops']);
    await room.put('b', ['ops']);
    expect(await room.deliver()).toBe('2026-01-02T03:04:05.000Z');
    expect((await room.letter('b')).status).toBe('pending');
    expect(await deliverLetters(room.deps, AbortSignal.abort())).toEqual({
      nextAt: '2026-01-02T03:04:05.000Z',
    });
    expect((await room.letter('b')).status).toBe('pending');
  });

  it('are at most sixteen on their way at the same time', async () => {
    let open = 0;
    let most = 0;
    const ops = await localServer((_, response) => {
      open += 1;
      most = Math.max(most, open);
      setTimeout(() => {
        open -= 1;
        response.end();
      }, 20);
    });
    const room = await roomWith({ ops });
    for (let index = 0; index < 40; index += 1) await room.put(`k${index}`, ['ops'], `m${index}`);
    expect(await room.deliver()).toBeNull();
    expect(ops.seen.length).toBe(40);
    expect(most).toBe(16);
  });
});

describe('a letter that cannot be carried', () => {
  it('for want of a secret is dead with the reason, and arrives when it is driven again', async () => {
    const ops = await answering();
    const room = await roomWith({ ops });
    room.secrets.delete('ops-key');
    await room.put('a', ['ops']);
    expect(await room.deliver()).toBeNull();
    expect((await room.attempts('a'))[0]?.error).toMatch(
      /^SECRET_MISSING: the secret "ops-key" has no value here/,
    );
    room.secrets.set('ops-key', key);
    room.clock += 1000;
    expect(await room.outbox.redrive('p')).toBe(1);
    expect(await room.deliver()).toBeNull();
    expect((await room.letter('a')).status).toBe('delivered');
  });

  it('because the project no longer has its target says so', async () => {
    const room = await roomWith({});
    await room.put('a', ['gone']);
    expect(await room.deliver()).toBeNull();
    expect((await room.attempts('a'))[0]?.error).toBe(
      'NOTICE_REFUSED: the project p has no target "gone" in "notifications" any more',
    );
  });

  it('because of a defect is tried again', async () => {
    const room = await noticeRoom();
    const carry = async () => {
      throw new TypeError('a defect');
    };
    const deps = { ...room.deps, carriers: { ...room.deps.carriers, slack: { carry } } };
    await room.put('a', ['channel']);
    const { nextAt } = await deliverLetters(deps, new AbortController().signal);
    expect(Date.parse(nextAt ?? '')).toBeGreaterThan(room.clock);
    expect((await room.attempts('a'))[0]?.error).toBe('INTERNAL: a defect');
  });
});
