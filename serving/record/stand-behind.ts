import { execFileSync } from 'node:child_process';
import { readlinkSync } from 'node:fs';
import { setPriority } from 'node:os';
import { basename } from 'node:path';
import type { DeliveryPace } from './delivery-pace.js';

/** The kernel gives it about a sixtieth of a busy core, or a tenth. */
const nicenessOf: Readonly<Record<DeliveryPace, number>> = { patient: 19, pressed: 10 };

/**
 * Lets requests go before the thread that calls, which on Linux has a priority of its own. A patient one runs only while
 * nobody else wants the core, where `chrt` of util-linux is there to say so: niceness alone lets it finish its turn of a
 * millisecond or more before a request that has just come.
 */
export function standBehind(pace: DeliveryPace): void {
  if (process.platform !== 'linux') return;
  setPriority(nicenessOf[pace]);
  if (pace !== 'patient') return;
  const thread = basename(readlinkSync('/proc/thread-self'));
  try {
    execFileSync('chrt', ['--idle', '--pid', '0', thread], { stdio: 'ignore' });
  } catch {
    // An image of nothing but the server has no such program: its niceness is what there is.
  }
}
