import { RatchetError } from '../../domain/errors/ratchet-error.js';
import { RequestRefusal, tooLarge } from '../http/request-refusal.js';

/** A Git host waits ten seconds for its answer. */
const patienceMs = 10_000;
/** Bodies that are held at once, of those that are as large as may be. */
const heldBodies = 16;

/** Hands over the body of a request, as bytes, for as long as the work takes. What `check` throws comes before it is read. */
export type WithBody = <T>(
  request: Request,
  check: () => void,
  work: (body: Buffer) => Promise<T>,
) => Promise<T>;

/**
 * Reads bodies before anybody knows who sends them: none larger than the limit, announced or not, none slower than a
 * Git host would wait, and all together no more than the memory is meant for. Errors: 413, 408, 400 for one that breaks
 * off, `TOO_MANY_REQUESTS`.
 */
export function createWithBody(maxBytes: number, waitMs = patienceMs): WithBody {
  let heldBytes = 0;
  return async (request, check, work) => {
    if (Number(request.headers.get('content-length') ?? 0) > maxBytes) throw tooLarge(maxBytes);
    check();
    let ownBytes = 0;
    const take = (bytes: number) => {
      ownBytes += bytes;
      heldBytes += bytes;
      if (ownBytes > maxBytes) throw tooLarge(maxBytes);
      if (heldBytes > heldBodies * maxBytes) throw tooMuchAtOnce();
    };
    try {
      return await work(await readBody(request, take, waitMs));
    } finally {
      heldBytes -= ownBytes;
    }
  };
}

async function readBody({ body }: Request, take: (bytes: number) => void, waitMs: number): Promise<Buffer> {
  if (body === null) return Buffer.alloc(0);
  const reader = body.getReader();
  const late = lateAfter(waitMs);
  const chunks: Uint8Array[] = [];
  try {
    for (;;) {
      const { done, value } = await Promise.race([reader.read().catch(brokenOff), late.promise]);
      if (done) return Buffer.concat(chunks);
      take(value.length);
      chunks.push(value);
    }
  } finally {
    late.stop();
    // Not cancelled: that would end the connection before the answer is read.
    reader.releaseLock();
  }
}

function lateAfter(waitMs: number): { readonly promise: Promise<never>; stop(): void } {
  let timer: NodeJS.Timeout | undefined;
  const promise = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new RequestRefusal(408, `the body did not come within ${waitMs / 1000} seconds`)),
      waitMs,
    );
  });
  promise.catch(() => undefined);
  return { promise, stop: () => clearTimeout(timer) };
}

function brokenOff(): never {
  throw new RequestRefusal(400, 'the body broke off');
}

function tooMuchAtOnce(): RatchetError {
  return new RatchetError('TOO_MANY_REQUESTS', 'too many webhooks are read at this moment; again in 1 s', {
    retryAfterSeconds: 1,
  });
}
