import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Gauge, type Registry } from 'prom-client';

const shares = [0.5, 0.99, 1] as const;
/** How often it is looked at: a wait that is shorter may pass unseen. */
const resolutionMs = 10;

/** How late the thread that reads requests was, since somebody asked last. */
export function eventLoopDelay(registry: Registry): void {
  const delays = monitorEventLoopDelay({ resolution: resolutionMs });
  delays.enable();
  new Gauge({
    name: 'ratchet_event_loop_delay_seconds',
    help: 'How long what was due had to wait on the thread that reads requests, by quantile, since this was asked last.',
    labelNames: ['quantile'],
    registers: [registry],
    collect() {
      for (const share of shares) {
        const ns = delays.count === 0 ? 0 : delays.percentile(share * 100);
        this.set({ quantile: String(share) }, Math.max(0, ns / 1e9 - resolutionMs / 1000));
      }
      delays.reset();
    },
  });
}
