import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { checkedAddresses, fixedLookup, type Resolve, resolveBySystem } from './checked-addresses.js';
import { checkPort } from './checked-url.js';
import { egressFailure } from './egress-failure.js';
import type { EgressRules } from './egress-rules.js';
import { inTime } from './in-time.js';

/**
 * A connection to a host outside for another protocol than HTTP, by the same rules for port and addresses. Nothing was
 * sent over it yet. Errors: `EGRESS_REFUSED`, `EGRESS_FAILED`.
 */
export type ConnectOut = (host: string, port: number, signal: AbortSignal) => Promise<Socket>;

export function createConnectOut(rules: EgressRules, resolve: Resolve = resolveBySystem): ConnectOut {
  return async (host, port, signal) => {
    checkPort(host, port, rules);
    try {
      const checked = checkedAddresses(host, resolve, (address) => rules.refusal(host, address));
      const lookup = fixedLookup(await inTime(checked, signal));
      const socket = connect({ host, port, lookup, signal });
      await once(socket, 'connect');
      // Until somebody listens, an error would be one of the process; who uses the socket sees it closed.
      socket.on('error', () => undefined);
      return socket;
    } catch (error) {
      throw egressFailure(host, error);
    }
  };
}
