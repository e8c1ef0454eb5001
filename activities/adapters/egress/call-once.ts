import { Client } from 'undici';
import type { EgressAnswer, EgressRequest } from '../../../domain/ports/egress.js';
import { checkedAddresses, fixedLookup, type Resolve } from './checked-addresses.js';
import { hostOf } from './checked-url.js';
import { egressFailure } from './egress-failure.js';
import type { EgressRules } from './egress-rules.js';
import { inTime } from './in-time.js';
import { readBody } from './read-body.js';

export interface EgressTimes {
  readonly connectMs: number;
  /** From the request to the last header of the answer. */
  readonly headersMs: number;
  /** From the first resolving of a name to the last byte, with all redirects. */
  readonly wholeMs: number;
}

export interface CallParts {
  readonly rules: EgressRules;
  readonly resolve: Resolve;
  readonly times: EgressTimes;
  /** Certificates that are trusted in place of those that Node trusts, as PEM. */
  readonly ca: string | undefined;
}

const defaultMaxBytes = 1024 * 1024;
const maxHeaderBytes = 32 * 1024;

/** One request over a connection of its own, which no later one finds open: each resolves and checks anew. */
export async function callOnce(
  url: URL,
  { method, headers, body, reads = 'whole', maxBytes = defaultMaxBytes }: EgressRequest,
  parts: CallParts,
  signal: AbortSignal,
): Promise<EgressAnswer> {
  const host = hostOf(url);
  const client = await openClient(url, parts, signal).catch((error: unknown) => {
    throw egressFailure(host, error);
  });
  try {
    const answer = await client.request({
      method,
      path: `${url.pathname}${url.search}`,
      headers: { 'user-agent': 'ratchet', 'accept-encoding': 'identity', ...headers },
      body: body ?? null,
      signal,
    });
    const told = Object.entries(answer.headers).map(([name, value]) => [name, [value].flat().join(', ')]);
    const byName: Readonly<Record<string, string>> = Object.fromEntries(told);
    const wanted = { isStart: reads === 'start', maxBytes };
    const read = await readBody(answer.body, byName['content-encoding'], wanted);
    return { status: answer.statusCode, headers: byName, ...read };
  } catch (error) {
    throw egressFailure(host, error);
  } finally {
    await client.destroy();
  }
}

/** Connects to the addresses that are checked here, and to no other. The certificate must be that of the name. */
async function openClient(url: URL, parts: CallParts, signal: AbortSignal): Promise<Client> {
  const { rules, resolve, times, ca } = parts;
  const host = hostOf(url);
  const addresses = await inTime(
    checkedAddresses(host, resolve, (address) => rules.refusal(host, address)),
    signal,
  );
  return new Client(url.origin, {
    connect: {
      timeout: times.connectMs,
      lookup: fixedLookup(addresses),
      ...(ca === undefined ? {} : { ca }),
    },
    headersTimeout: times.headersMs,
    bodyTimeout: times.wholeMs,
    maxHeaderSize: maxHeaderBytes,
  });
}
