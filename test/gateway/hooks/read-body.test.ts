import { describe, expect, it } from 'vitest';
import { createWithBody } from '../../../gateway/hooks/read-body.js';

const kibibyte = 1024;

/** A request whose body comes as a stream. */
function streamed(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  headers: Record<string, string> = {},
): Request {
  const body = ReadableStream.from(chunks) as ReadableStream<Uint8Array>;
  return new Request('http://localhost/', { method: 'POST', headers, body, duplex: 'half' } as RequestInit);
}

function* pieces(count: number): Iterable<Uint8Array> {
  for (let at = 0; at < count; at += 1) yield new Uint8Array(kibibyte).fill(at);
}

async function* never(): AsyncIterable<Uint8Array> {
  yield new Uint8Array(1);
  await new Promise(() => undefined);
}

const nothing = () => undefined;
const sizeOf = async (body: Buffer) => body.length;
const statusOf = (work: Promise<unknown>) =>
  work.then(
    () => 200,
    (error) => error.status ?? error.code,
  );

describe('a body that is read before its sender is known', () => {
  it('is handed over whole, byte by byte', async () => {
    const withBody = createWithBody(4 * kibibyte);
    const found = await withBody(streamed(pieces(4)), nothing, async (body) => Buffer.from(body));
    expect(found).toEqual(Buffer.concat([...pieces(4)]));
    expect(await withBody(new Request('http://localhost/'), nothing, sizeOf)).toBe(0);
  });

  it('is not read where it announces too much, nor where something else is wrong', async () => {
    const withBody = createWithBody(4 * kibibyte);
    let pulled = 0;
    const counted = (function* () {
      for (const piece of pieces(8)) {
        pulled += 1;
        yield piece;
      }
    })();
    const announced = streamed(counted, { 'content-length': String(4 * kibibyte + 1) });
    expect(await statusOf(withBody(announced, nothing, sizeOf))).toBe(413);
    const wrong = () => {
      throw Object.assign(new Error('wrong'), { status: 415 });
    };
    expect(await statusOf(withBody(streamed(counted), wrong, sizeOf))).toBe(415);
    // A stream may ask for one piece before anybody reads it.
    expect(pulled).toBeLessThanOrEqual(2);
  });

  it('is ended as soon as it is too large, announced or not', async () => {
    const withBody = createWithBody(4 * kibibyte);
    let pulled = 0;
    const endless = (function* () {
      for (;;) {
        pulled += 1;
        yield new Uint8Array(kibibyte);
      }
    })();
    expect(await statusOf(withBody(streamed(endless), nothing, sizeOf))).toBe(413);
    expect(pulled).toBeLessThan(10);
  });

  it('is given up where it does not come', async () => {
    const withBody = createWithBody(kibibyte, 20);
    expect(await statusOf(withBody(streamed(never()), nothing, sizeOf))).toBe(408);
  });

  it('that breaks off is the fault of who sends it', async () => {
    const broken = (async function* () {
      yield new Uint8Array(1);
      throw new Error('gone');
    })();
    expect(await statusOf(createWithBody(kibibyte)(streamed(broken), nothing, sizeOf))).toBe(400);
  });

  it('finds no room beside too many others, and finds it again once they are done', async () => {
    const withBody = createWithBody(4 * kibibyte);
    let release: () => void = nothing;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const many = Array.from({ length: 16 }, () =>
      withBody(streamed(pieces(4)), nothing, async (body) => {
        await held;
        return body.length;
      }),
    );
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(await statusOf(withBody(streamed(pieces(1)), nothing, sizeOf))).toBe('TOO_MANY_REQUESTS');
    release();
    expect(await Promise.all(many)).toEqual(many.map(() => 4 * kibibyte));
    expect(await withBody(streamed(pieces(4)), nothing, sizeOf)).toBe(4 * kibibyte);
  });
});
