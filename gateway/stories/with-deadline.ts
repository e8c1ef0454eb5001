import { type Client, isGrpcServiceError } from '@temporalio/client';
import { RatchetError } from '../../domain/errors/ratchet-error.js';

/** What it means where Temporal, or what stands before it, does not do what it is asked, by gRPC status. */
const refusals: Readonly<Record<number, string>> = {
  1: 'broke the call off',
  4: 'did not answer in time',
  7: "refused the gateway's credentials",
  8: 'has too much to do',
  14: 'does not answer',
  16: "refused the gateway's credentials",
};

/** Without a deadline a call to Temporal may wait for ever. Error: `PART_UNAVAILABLE`, without its address. */
export async function withDeadline<T>(
  client: Client,
  deadlineMs: number,
  call: () => Promise<T>,
): Promise<T> {
  try {
    return await client.withDeadline(Date.now() + deadlineMs, call);
  } catch (error) {
    const code = grpcCodeOf(error);
    const refusal = code === undefined ? undefined : refusals[code];
    if (refusal === undefined) throw error;
    throw new RatchetError('PART_UNAVAILABLE', `Temporal ${refusal}`, { part: 'temporal' }, { cause: error });
  }
}

/** The client wraps what gRPC threw once or twice. */
function grpcCodeOf(error: unknown): number | undefined {
  if (isGrpcServiceError(error)) return error.code;
  return error instanceof Error && error.cause !== undefined ? grpcCodeOf(error.cause) : undefined;
}
