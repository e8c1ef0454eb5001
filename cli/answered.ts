import type { ReadableStream as NodeReadableStream } from 'node:stream/web';
import { catalogue, type ErrorCode } from '../domain/errors/catalogue.js';
import { RatchetError } from '../domain/errors/ratchet-error.js';

interface Answer<T> {
  readonly data?: T;
  readonly error?: unknown;
  readonly response: Response;
}

/** What the gateway answered, or its error as our own. */
export async function answered<T>(call: Promise<Answer<T>>): Promise<T> {
  const { data, error, response } = await received(call);
  if (response.ok && data !== undefined) return data;
  throw refusalOf(error, response);
}

/** The same for plain text, which may be empty. */
export async function answeredText(call: Promise<Answer<string>>): Promise<string> {
  const { data, error, response } = await received(call);
  if (response.ok) return data ?? '';
  throw refusalOf(error, response);
}

/** The same for what is too long to hold. */
export async function answeredStream(
  call: Promise<Answer<ReadableStream<Uint8Array> | null>>,
): Promise<NodeReadableStream<Uint8Array>> {
  const { data, error, response } = await received(call);
  if (response.ok && data) return data as NodeReadableStream<Uint8Array>;
  throw refusalOf(error, response);
}

/** Bytes with what the gateway says of them. */
export interface ReceivedFile {
  readonly stream: NodeReadableStream<Uint8Array>;
  readonly bytes: number;
  readonly sha256: string;
}

/** The same for a file, of which headers say how long it is and which digest it has. */
export async function answeredFile(
  call: Promise<Answer<ReadableStream<Uint8Array> | null>>,
): Promise<ReceivedFile> {
  const { data, error, response } = await received(call);
  if (!response.ok || !data) throw refusalOf(error, response);
  const stream = data as NodeReadableStream<Uint8Array>;
  const sha256 = /^"([0-9a-f]{64})"$/.exec(response.headers.get('etag') ?? '')?.[1];
  const bytes = response.headers.get('content-length');
  if (sha256 !== undefined && bytes !== null) return { stream, sha256, bytes: Number(bytes) };
  await stream.cancel();
  throw new RatchetError(
    'PART_UNAVAILABLE',
    `${response.url} gave bytes, and not as a gateway of Ratchet does`,
  );
}

/** Whoever answers JSON with something else is no gateway of ours. */
async function received<T>(call: Promise<Answer<T>>): Promise<Answer<T>> {
  try {
    return await call;
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    throw new RatchetError(
      'PART_UNAVAILABLE',
      'what answers at this address is not a gateway of Ratchet',
      {},
      { cause },
    );
  }
}

function refusalOf(body: unknown, { status, url }: Response): RatchetError {
  const inner = typeof body === 'object' && body !== null && 'error' in body ? body.error : undefined;
  if (
    typeof inner === 'object' &&
    inner !== null &&
    'code' in inner &&
    'message' in inner &&
    isCode(inner.code)
  ) {
    return new RatchetError(inner.code, String(inner.message));
  }
  return new RatchetError(
    'PART_UNAVAILABLE',
    `${url} answered ${status}, and not as a gateway of Ratchet does`,
  );
}

function isCode(code: unknown): code is ErrorCode {
  return typeof code === 'string' && Object.hasOwn(catalogue, code);
}
