import { once } from 'node:events';
import { Agent, get, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, it } from 'vitest';
import { type ServedPlane, servePlane } from './served-plane.js';

let agent: Agent;
afterEach(() => agent.destroy());

/** A server, and a connection to it that has been answered and is kept. */
async function kept(isTakenOver: boolean): Promise<ServedPlane> {
  agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const served = await servePlane({ isTakenOver });
  expect(await ask(served)).toBe('keep-alive');
  return served;
}

/** What an answer says of its connection. */
const ask = async (served: ServedPlane) => (await headersOf(served)).connection;

async function headersOf({ base }: ServedPlane): Promise<IncomingHttpHeaders> {
  const [response] = (await once(get(`${base}/v2`, { agent }), 'response')) as [IncomingMessage];
  response.resume();
  await once(response, 'end');
  return response.headers;
}

it('a server at an address that others take over answers a kept connection once more, and ends with it', async () => {
  const served = await kept(true);
  const closed = served.listening.close();
  // Longer than idle connections are looked for.
  await sleep(300);
  expect(await ask(served)).toBe('close');
  await closed;
  await expect(ask(served)).rejects.toThrow('ECONNREFUSED');
});

it('a server keeps an idle connection longer than proxies keep theirs, and not for so long when it ends', async () => {
  const served = await kept(true);
  expect((await headersOf(served))['keep-alive']).toBe('timeout=75');
  const since = performance.now();
  await served.listening.close();
  expect(performance.now() - since).toBeLessThan(30_000);
});

it('such a server waits for no idle connection longer than it is told to', async () => {
  const served = await kept(true);
  await served.listening.close(200);
  await expect(ask(served)).rejects.toThrow();
});

it('any other server ends idle connections at once', async () => {
  const served = await kept(false);
  await served.listening.close();
  await expect(ask(served)).rejects.toThrow();
});
