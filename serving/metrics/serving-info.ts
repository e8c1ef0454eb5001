import { Gauge, type Registry } from 'prom-client';
import type { DataPlane } from '../data-plane-port.js';

/** One series that says how the server serves, as its labels. */
export function servingInfo(registry: Registry, plane: DataPlane): void {
  new Gauge({
    name: 'ratchet_serving_info',
    help: 'What models run on, and which deployment is served; always 1.',
    labelNames: ['execution_provider', 'endpoint', 'revision'],
    registers: [registry],
    collect() {
      const { executionProvider, endpoint, revision } = plane.facts;
      this.reset();
      this.set(
        { execution_provider: executionProvider, endpoint: endpoint ?? '', revision: revision ?? '' },
        1,
      );
    },
  });
}
