import { setTimeout as sleep } from 'node:timers/promises';
import { type handleServerStreamingCall, type handleUnaryCall, status } from '@grpc/grpc-js';
import type { DataPlane } from '../data-plane-port.js';
import { callerOf } from './caller.js';

interface HealthRequest {
  readonly service: string;
}

type Health = 'SERVING' | 'NOT_SERVING' | 'SERVICE_UNKNOWN';

interface HealthAnswer {
  readonly status: Health;
}

/** The server itself, and the service that stands and falls with it. */
const services = new Set(['', 'inference.GRPCInferenceService', 'grpc.health.v1.Health']);

/** How often whoever watches may hear of a change. */
const lookEveryMs = 250;

/** The health protocol of gRPC: serving is what `DataPlane.isReady` says, until the server closes. */
export function healthCalls(plane: DataPlane, closing: AbortSignal) {
  const healthOf = (service: string): Health => {
    if (!services.has(service)) return 'SERVICE_UNKNOWN';
    return plane.isReady() && !closing.aborted ? 'SERVING' : 'NOT_SERVING';
  };
  const Check: handleUnaryCall<HealthRequest, HealthAnswer> = ({ request }, answer) => {
    const health = healthOf(request.service);
    if (health !== 'SERVICE_UNKNOWN') answer(null, { status: health });
    else answer({ code: status.NOT_FOUND, details: 'there is no such service' });
  };
  const Watch: handleServerStreamingCall<HealthRequest, HealthAnswer> = (call) => {
    const left = new AbortController();
    const { signal } = callerOf(call);
    if (signal.aborted) left.abort();
    signal.addEventListener('abort', () => left.abort());
    const over = AbortSignal.any([left.signal, closing]);
    void watch(
      () => healthOf(call.request.service),
      (health) => call.write({ status: health }),
      over,
    ).then(() => call.end());
  };
  return { Check, Watch };
}

/** Tells the first and every other one, and the last when it is over. */
async function watch(look: () => Health, tell: (health: Health) => void, over: AbortSignal): Promise<void> {
  let told: Health | undefined;
  for (;;) {
    const health = look();
    if (health !== told) tell(health);
    told = health;
    if (over.aborted) return;
    // Rejects only when it is over, which is looked at next.
    await sleep(lookEveryMs, undefined, { signal: over }).catch(() => undefined);
  }
}
