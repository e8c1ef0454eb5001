import { type S3Keys, signedHeaders } from './s3-signature.js';

const probeName = 'ratchet-probe';
const probeText = 'Written and read at every start.';

/**
 * Whether objects can be written and read. A server that starts again knows its buckets some seconds before it finds
 * the bytes of their objects; until then it answers reads with an error, and writes not at all.
 */
export async function s3Answers(bucket: URL, keys: S3Keys, signal: AbortSignal): Promise<boolean> {
  const object = new URL(`${bucket.href}/${probeName}`);
  const ask = async (method: 'GET' | 'PUT', body: string) => {
    const headers = signedHeaders(method, object, keys, new Date(), body);
    const response = await fetch(object, { method, headers, signal, ...(body === '' ? {} : { body }) });
    return { status: response.status, text: await response.text() };
  };
  const found = await ask('GET', '');
  if (found.status !== 200 && found.status !== 404) return false;
  const isWritten = (await ask('PUT', probeText)).status === 200;
  // What was written now is read the next time, by whoever asks again.
  return isWritten && found.text === probeText;
}
