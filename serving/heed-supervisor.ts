import { Socket } from 'node:net';
import { z } from 'zod';
import type { Serving } from './open-serving.js';

/** Argument of a host whose connections are handed to it by whoever started it. */
export const supervised = '--supervised';

/** What a supervisor tells a host, in order, over the channel that it started it with. */
const orderShape = z.union([
  /** With the connection, which it has accepted. */
  z.object({ take: z.enum(['http', 'grpc']) }),
  /** To end, once what came over the connections before is answered. */
  z.object({ stop: z.object({ drainMs: z.number() }) }),
  /** To a host that says it is leaving: no connection comes after this. */
  z.object({ left: z.literal(true) }),
]);
export type HostOrder = z.infer<typeof orderShape>;

export interface SupervisorCalls {
  readonly stop: (drainMs: number) => void;
  readonly left: () => void;
}

/** Does what the process that started this one says; without such a one, nothing. */
export function heedSupervisor(serving: Pick<Serving, 'take'>, { stop, left }: SupervisorCalls): void {
  process.on('message', (said, handle) => {
    const { success, data: order } = orderShape.safeParse(said);
    if (!success) return;
    if ('stop' in order) stop(order.stop.drainMs);
    else if ('left' in order) left();
    // A client may have gone while its connection was handed over.
    else if (handle instanceof Socket) serving.take(order.take, handle);
  });
}
