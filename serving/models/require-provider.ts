import { messageOf, RatchetError } from '../../domain/errors/ratchet-error.js';
import type { ExecutionProvider } from '../../domain/serving/execution-provider.js';
import { createGuardedHost, type ModelLimits } from '../../inference/guarded-host.js';
import { forkHost } from '../../inference/host-connection.js';

/**
 * Runs nothing but the smallest model there is, in a process of its own. Error: `PART_MISSING` where that cannot be done
 * on this machine: no other provider takes the place of the one that was asked for.
 */
export async function requireProvider(provider: ExecutionProvider, limits: ModelLimits): Promise<void> {
  if (provider === 'cpu') return;
  const host = createGuardedHost(forkHost(), limits);
  const { memoryBytes } = limits;
  try {
    await host.exchange('load', (ask) =>
      ask({ kind: 'load', path: null, memoryBytes, executionProvider: provider }),
    );
  } catch (cause) {
    throw new RatchetError(
      'PART_MISSING',
      `RATCHET_SERVING_EXECUTION_PROVIDER is ${provider}, which onnxruntime cannot use here: ${messageOf(cause)}`,
      { provider },
      { cause },
    );
  } finally {
    await host.close();
  }
}
