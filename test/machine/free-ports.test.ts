import { createServer, type Server } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { isFree, pickPorts, twinDistance } from '../../machine/free-ports.js';

const servers: Server[] = [];

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => new Promise((done) => server.close(done))));
});

async function occupy(port: number): Promise<void> {
  const server = createServer();
  servers.push(server);
  await new Promise<void>((done) => server.listen(port, '127.0.0.1', done));
}

const wish = (name: string, twin = false, remembered?: number) => ({ name, twin, remembered });

describe('pickPorts', () => {
  it('gives every wish a port of its own, twins included', async () => {
    const picked = Object.values(
      await pickPorts([wish('a'), wish('b', true), wish('c', true), wish('d')], 7),
    );
    const all = [...picked, ...picked.map((port) => port + twinDistance)];
    expect(new Set(all).size).toBe(8);
  });

  it('stays below the range of outgoing connections, with the twin', async () => {
    const picked = await pickPorts([wish('a', true)], 65_535);
    expect((picked['a'] ?? 0) + twinDistance).toBeLessThan(32_768);
  });

  it('gives the same port again where it is free', async () => {
    const { a = 0 } = await pickPorts([wish('a')], 3);
    expect(await pickPorts([wish('a', false, a)], 4000)).toEqual({ a });
  });

  it('gives another one where the remembered port is taken', async () => {
    const { a = 0 } = await pickPorts([wish('a')], 5);
    await occupy(a);
    const again = await pickPorts([wish('a', false, a)], 5);
    expect(again['a']).not.toBe(a);
  });

  it('gives another one where the twin is taken', async () => {
    const { a = 0 } = await pickPorts([wish('a', true)], 9);
    await occupy(a + twinDistance);
    const again = await pickPorts([wish('a', true, a)], 9);
    expect(again['a']).not.toBe(a);
  });

  it('leaves out ports that are set aside', async () => {
    const { a = 0 } = await pickPorts([wish('a')], 11);
    expect((await pickPorts([wish('a')], 11, new Set([a])))['a']).not.toBe(a);
  });
});

describe('isFree', () => {
  it('tells a port that is taken', async () => {
    const { a = 0 } = await pickPorts([wish('a')], 13);
    expect(await isFree(a)).toBe(true);
    await occupy(a);
    expect(await isFree(a)).toBe(false);
  });
});
