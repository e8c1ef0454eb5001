import type { Egress, EgressAnswer } from '../../../domain/ports/egress.js';

/** As much of an answer as may be quoted. */
const readBytes = 4096;

/** Sends JSON. What comes back beside the status is only for a reader, so a strange end of it is none of an error. */
export async function sendJson(
  egress: Egress,
  url: string,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<EgressAnswer> {
  return await egress.call({
    method: 'POST',
    url,
    headers: { 'content-type': 'application/json', ...headers },
    body,
    reads: 'start',
    maxBytes: readBytes,
  });
}

/** The host of an address that was called, for words to people. */
export function hostIn(url: string): string {
  return new URL(url).host;
}
