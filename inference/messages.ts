import type { ExecutionProvider } from '../domain/serving/execution-provider.js';
import type { TensorValue } from './codec/tensors.js';

/** What a host process is asked, one at a time. */
export type HostRequest =
  | {
      readonly kind: 'load';
      /** Null for the smallest model there is, which shows whether any can be run. */
      readonly path: string | null;
      readonly memoryBytes: number;
      readonly executionProvider: ExecutionProvider;
    }
  | { readonly kind: 'run'; readonly inputs: readonly TensorValue[]; readonly outputs: readonly string[] };

/** What it answers. `reason` is one line, without paths. */
export type HostReply =
  | { readonly kind: 'loaded' }
  | { readonly kind: 'answered'; readonly outputs: readonly TensorValue[] }
  | { readonly kind: 'failed'; readonly reason: string };

/** The signal by which a host process ends itself when it holds more memory than it may. */
export const memorySignal = 'SIGUSR2';
