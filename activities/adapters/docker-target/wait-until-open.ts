import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { RatchetError } from '../../../domain/errors/ratchet-error.js';

const withinMs = 30_000;
const everyMs = 50;

/**
 * Resolves when a program listens at a port of a container. The engine itself takes connections at the port of the host
 * before that, and drops them. Error: `PART_UNAVAILABLE` after half a minute.
 */
export async function waitUntilOpen(address: string, port: number): Promise<void> {
  const untilMs = Date.now() + withinMs;
  while (!(await isOpen(address, port))) {
    if (Date.now() > untilMs)
      throw new RatchetError('PART_UNAVAILABLE', 'the door of the endpoint does not open');
    await sleep(everyMs);
  }
}

function isOpen(host: string, port: number): Promise<boolean> {
  return new Promise((done) => {
    const socket = connect({ host, port, timeout: 1000 });
    const end = (answer: boolean) => {
      socket.destroy();
      done(answer);
    };
    socket.once('connect', () => end(true));
    socket.once('timeout', () => end(false));
    socket.once('error', () => end(false));
  });
}
