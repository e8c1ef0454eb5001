import { Gauge, type Registry } from 'prom-client';
import type { WatchStore } from '../../domain/ports/watches.js';
import { watchGauges } from './watch-gauges.js';
import { whileAsking } from './while-asking.js';

/**
 * What the watch knows, asked for once a scrape for all endpoints. Series are bounded by what Git declares: endpoints,
 * inputs of their models, metrics of their tasks. While the database is away there are none, so that no old number
 * stands for a present one.
 */
export function registerWatchMetrics(registry: Registry, watches: Pick<WatchStore, 'standings'>): void {
  const ask = whileAsking(() =>
    watches.standings().then(
      (standings) => ({ standings, nowMs: Date.now() }),
      () => ({ standings: null, nowMs: Date.now() }),
    ),
  );
  new Gauge({
    name: 'ratchet_watch_readable',
    help: 'Whether the gateway could read what the watch knows: 1 or 0. Where it could not, all other series are left out.',
    registers: [registry],
    async collect() {
      this.set((await ask()).standings === null ? 0 : 1);
    },
  });
  for (const { name, help, labels, samples } of watchGauges)
    new Gauge({
      name,
      help,
      labelNames: ['project', 'endpoint', ...labels],
      registers: [registry],
      async collect() {
        const { standings, nowMs } = await ask();
        this.reset();
        for (const standing of standings ?? []) {
          const { project, endpoint } = standing;
          for (const sample of samples(standing, nowMs))
            this.set({ project, endpoint, ...sample.labels }, sample.value);
        }
      },
    });
}
