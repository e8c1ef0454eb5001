import type { IncomingMessage } from 'node:http';

/** Larger ones are not read; a statement with twenty votes is a tenth of it. */
const mostBytes = 2 * 1024 * 1024;

export interface SignRequest {
  readonly payloadType: unknown;
  readonly value: unknown;
}

/** The body of a request to sign; a number is the HTTP status of what is wrong with it. */
export async function readSignRequest(request: IncomingMessage): Promise<SignRequest | 400 | 413> {
  if (Number(request.headers['content-length'] ?? 0) > mostBytes) return 413;
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > mostBytes) return 413;
    chunks.push(chunk);
  }
  return parsed(Buffer.concat(chunks).toString('utf8')) ?? 400;
}

function parsed(text: string): SignRequest | undefined {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof body !== 'object' || body === null) return undefined;
  const { payloadType, value } = body as Partial<SignRequest>;
  return value === undefined ? undefined : { payloadType, value };
}
