import { setTimeout as sleep } from 'node:timers/promises';
import type { Seen, WatchedNetwork } from './watched-network.js';

const hosts = ['192.0.2.1', '2001:db8::1'];
const patienceMs = 30_000;

const calling = (name: string) => `
  require('node:dns').lookup(${JSON.stringify(name)}, () => undefined);
  for (const host of ${JSON.stringify(hosts)}) {
    const socket = require('node:net').connect({ host, port: 443 });
    socket.on('error', () => undefined);
    setTimeout(() => socket.destroy(), 300);
  }`;

/**
 * Looks up a name and connects to addresses outside, and waits until the watcher told of each. Whatever was looked up
 * or sent before has been told by then. Gives what it was.
 */
export async function phoneHome(network: WatchedNetwork, name: string): Promise<readonly Seen[]> {
  const since = network.seen().length;
  const calls: readonly Seen[] = [
    { kind: 'look-up', to: name },
    ...hosts.map((to) => ({ kind: 'packet', to }) as const),
  ];
  await network.run([process.execPath, '-e', calling(name)]);
  for (const untilMs = Date.now() + patienceMs; ; await sleep(20)) {
    const unseen = calls.filter(
      (call) =>
        !network
          .seen()
          .slice(since)
          .some((seen) => isSame(seen, call)),
    );
    if (unseen.length === 0) return calls;
    if (Date.now() > untilMs) throw new Error(`the watcher did not see ${JSON.stringify(unseen)}`);
  }
}

export const isSame = (one: Seen, other: Seen) => one.kind === other.kind && one.to === other.to;
