import type { InferenceSession } from 'onnxruntime-node';
import type { ExecutionProvider } from '../domain/serving/execution-provider.js';

const onlyFatal = 4;

/**
 * Options of a session that runs one request at a time. On a GPU a model runs there whole or not at all: a part for which
 * the GPU has no kernel is an error at load, instead of a slow model that nobody hears of.
 */
export function sessionOptions(
  provider: ExecutionProvider,
  computeThreads: number,
  session: Readonly<Record<string, unknown>> = {},
): InferenceSession.SessionOptions {
  const whole = provider === 'cpu' ? {} : { disable_cpu_ep_fallback: '1' };
  return {
    executionProviders: [provider],
    intraOpNumThreads: computeThreads,
    interOpNumThreads: 1,
    executionMode: 'sequential',
    logSeverityLevel: onlyFatal,
    extra: { session: { ...session, ...whole } },
  };
}
