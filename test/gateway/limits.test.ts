import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLimits } from '../../gateway/access/limits.js';
import { networkOf } from '../../gateway/access/network-of.js';
import { type GatewayRoom, openGatewayRoom } from './gateway-room.js';
import { tokenOf } from './people.js';

let nowMs = Date.parse('2026-01-01T00:00:00.000Z');
let room: GatewayRoom;
beforeAll(async () => {
  const settings = { requestsPerSecond: 2, signInsPerMinute: 3, trustsForwarded: true, now: () => nowMs };
  room = await openGatewayRoom({ settings });
});
afterAll(() => room.close());

const forwarded = (address: string) => ({ 'x-forwarded-for': `1.1.1.1, ${address}` });

async function statuses(count: number, ask: () => Promise<{ readonly status: number }>): Promise<number[]> {
  const found: number[] = [];
  for (let at = 0; at < count; at += 1) found.push((await ask()).status);
  return found;
}

describe('a flood', () => {
  it('of one caller is turned away with the seconds to wait, and others are not', async () => {
    const [lisa, omar] = [await tokenOf(room, 'lisa'), await tokenOf(room, 'omar')];
    const ask = (token: string) =>
      room.ask('get', '/api/v1/whoami', { token, headers: forwarded('10.0.0.1') });
    expect(await statuses(12, () => ask(lisa))).toEqual([...Array(10).fill(200), 429, 429]);
    const refused = await ask(lisa);
    expect([refused.body.error.code, refused.headers.get('retry-after')]).toEqual(['TOO_MANY_REQUESTS', '1']);
    expect((await ask(omar)).status).toBe(200);
    nowMs += 1000;
    expect(await statuses(3, () => ask(lisa))).toEqual([200, 200, 429]);
  });

  it('of one address is turned away, whoever it says it is', async () => {
    const ask = (address: string) =>
      room.ask('get', '/healthz', { token: null, headers: forwarded(address) });
    expect((await statuses(41, () => ask('10.0.0.2'))).filter((status) => status === 429)).toHaveLength(1);
    expect((await ask('10.0.0.3')).status).toBe(200);
  });

  it('of tries to sign in has a smaller budget of its own, by address', async () => {
    const ask = (address: string) =>
      room.ask('post', '/api/v1/sign-in', { token: null, body: { code: 'x' }, headers: forwarded(address) });
    expect(await statuses(5, () => ask('10.0.0.4'))).toEqual([401, 401, 401, 429, 429]);
    expect((await ask('10.0.0.4')).headers.get('retry-after')).toBe('20');
    expect((await ask('10.0.0.5')).status).toBe(401);
    nowMs += 20_000;
    expect(await statuses(2, () => ask('10.0.0.4'))).toEqual([401, 429]);
  });

  it('comes from one network, where every request has another address of it', async () => {
    const ask = (address: string) =>
      room.ask('post', '/api/v1/sign-in', { token: null, body: { code: 'x' }, headers: forwarded(address) });
    const found: number[] = [];
    for (const host of [':1', ':2', 'a:b:c:d', '1:0:0:1', ':ffff'])
      found.push((await ask(`2001:db8:1:2:${host}`)).status);
    expect(found).toEqual([401, 401, 401, 429, 429]);
    expect((await ask('2001:db8:1:3::1')).status).toBe(401);
  });

  it('of what costs much has one too, by caller', async () => {
    const ask = () => room.ask('get', '/api/v1/audit/verify', { headers: forwarded('10.0.0.6') });
    const found: number[] = [];
    for (let at = 0; at < 13; at += 1) {
      nowMs += 100;
      found.push((await ask()).status);
    }
    expect(found).toEqual([...Array(12).fill(200), 429]);
  });
});

describe('the network of an address', () => {
  it.each([
    ['10.0.0.1', '10.0.0.1'],
    ['::ffff:10.0.0.1', '10.0.0.1'],
    ['::FFFF:0a00:0001', '10.0.0.1'],
    ['2001:db8:0:7:1:2:3:4', '2001:db8:0:7::/64'],
    ['2001:DB8::7:0:0:0:4', '2001:db8:0:7::/64'],
    ['::1', '0:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['unknown', 'unknown'],
    ['not an address:', 'not an address:'],
  ])('of %s is %s', (address, network) => {
    expect(networkOf(address)).toBe(network);
  });
});

describe('the buckets', () => {
  it('are bounded, however many addresses come', () => {
    const limits = createLimits(
      { requestsPerSecond: 1, signInsPerMinute: 1, hooks: { requestsPerSecond: 1 } },
      () => 0,
    );
    expect(limits.take('sign-in', 'first')).toBe(0);
    expect(limits.take('sign-in', 'first')).toBe(60);
    for (let at = 0; at < 20_000; at += 1) limits.take('sign-in', `address ${at}`);
    expect(limits.take('sign-in', 'first')).toBe(0);
  });
});
