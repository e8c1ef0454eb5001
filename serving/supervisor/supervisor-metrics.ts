import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import type { Endpoints } from './endpoints.js';

/** What the supervisor says of itself and of its endpoints, in the text format of Prometheus. */
export function supervisorMetrics(endpoints: Pick<Endpoints, 'left' | 'list'>): () => Promise<string> {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const restarts = new Gauge({
    name: 'ratchet_endpoint_restarts',
    help: 'How often the replicas that an endpoint has at the moment were started again.',
    labelNames: ['project', 'endpoint'],
    registers: [registry],
  });
  new Gauge({
    name: 'ratchet_endpoint_replicas',
    help: 'Replicas of an endpoint, by their state.',
    labelNames: ['project', 'endpoint', 'state'],
    registers: [registry],
    async collect() {
      this.reset();
      restarts.reset();
      for (const { project, endpoint, replicas } of await endpoints.list()) {
        for (const { state, restarts: times } of replicas) {
          this.inc({ project, endpoint, state });
          restarts.inc({ project, endpoint }, times);
        }
      }
    },
  });
  new Gauge({
    name: 'ratchet_endpoint_left_files',
    help: 'Files of the record of predictions that no host of an endpoint delivers: the next one does.',
    labelNames: ['project', 'endpoint'],
    registers: [registry],
    async collect() {
      this.reset();
      for (const { project, endpoint, files } of await endpoints.left())
        this.set({ project, endpoint }, files);
    },
  });
  return () => registry.metrics();
}
