import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { gunzip, inflate } from 'node:zlib';
import { HttpRefusal } from './http-refusal.js';

/** How long a whole body may take; a stream of rows is not read here. */
const bodyTimeoutMs = 60_000;

/**
 * The whole body, inflated where it came compressed.
 * @throws HttpRefusal 413 as soon as it is known to be larger than `mostBytes`, 408, 415, 400 where it breaks off.
 */
export async function readBody(request: IncomingMessage, mostBytes: number): Promise<Buffer> {
  const inflated = inflaterOf(request);
  const length = Number(request.headers['content-length']);
  if (length > mostBytes) throw tooLarge(mostBytes);
  // Until what came in one piece with the head of the request is parsed.
  await null;
  const bytes = takeWhole(request, length) ?? (await collect(request, mostBytes));
  return inflated === null ? bytes : inflated(bytes, mostBytes);
}

/** The body where all of it is there: nothing has to be waited for. Null where it is not, or its length was not told. */
function takeWhole(request: IncomingMessage, length: number): Buffer | null {
  if (request.readableLength !== length || length === 0) return null;
  const bytes = request.read() as Buffer;
  // Its end is read too, or it would never close.
  request.resume();
  return bytes;
}

async function collect(request: IncomingMessage, mostBytes: number): Promise<Buffer> {
  if (request.destroyed) throw brokenOff();
  return await new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    const timer = setTimeout(() => end(tooSlow()), bodyTimeoutMs);
    const take = (chunk: Buffer) => {
      length += chunk.length;
      chunks.push(chunk);
      if (length > mostBytes) end(tooLarge(mostBytes));
    };
    const finish = () => end(null);
    const breakOff = () => end(brokenOff());
    function end(error: Error | null): void {
      clearTimeout(timer);
      request.off('data', take).off('end', finish).off('close', breakOff);
      if (error) reject(error);
      else resolve(chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks, length));
    }
    request.on('data', take).on('end', finish).on('close', breakOff);
  });
}

/** Made only when it is needed: an error notes where it was made, which costs more than reading a small body. */
const tooSlow = () => new HttpRefusal(408, `the body took longer than ${bodyTimeoutMs / 1000} s`);

const brokenOff = () => new HttpRefusal(400, 'the body broke off');

type Inflate = (bytes: Buffer, mostBytes: number) => Promise<Buffer>;

const inflaters: Readonly<Record<string, Inflate>> = {
  gzip: inflateWith(promisify(gunzip)),
  deflate: inflateWith(promisify(inflate)),
};

function inflaterOf(request: IncomingMessage): Inflate | null {
  const encoding = request.headers['content-encoding']?.toLowerCase() ?? 'identity';
  if (encoding === 'identity') return null;
  const found = Object.hasOwn(inflaters, encoding) ? inflaters[encoding] : undefined;
  if (found !== undefined) return found;
  throw new HttpRefusal(415, 'the content encoding is not known, allowed are gzip, deflate and identity');
}

function inflateWith(run: (bytes: Buffer, options: { maxOutputLength: number }) => Promise<Buffer>): Inflate {
  return async (bytes, mostBytes) => {
    try {
      return await run(bytes, { maxOutputLength: mostBytes });
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined;
      if (code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(mostBytes);
      throw new HttpRefusal(400, 'the body is not compressed as its content encoding says');
    }
  };
}

export const tooLarge = (mostBytes: number) =>
  new HttpRefusal(413, `the body is larger than ${mostBytes} bytes`);
