import { RatchetError } from '../../../domain/errors/ratchet-error.js';
import type { Egress, EgressAnswer, EgressRequest } from '../../../domain/ports/egress.js';
import { type CallParts, callOnce, type EgressTimes } from './call-once.js';
import { type Resolve, resolveBySystem } from './checked-addresses.js';
import { checkedUrl, hostOf } from './checked-url.js';
import type { EgressRules } from './egress-rules.js';

const maxRedirects = 3;
const redirects: readonly number[] = [301, 302, 303, 307, 308];
const keepsBody: readonly number[] = [307, 308];
/** What says nothing but what the body is; everything else may be meant for the first origin alone. */
const harmless: readonly string[] = ['accept', 'content-type'];

const usualTimes: EgressTimes = { connectMs: 5000, headersMs: 20_000, wholeMs: 30_000 };

export interface EgressParts {
  readonly rules: EgressRules;
  readonly resolve?: Resolve;
  readonly times?: EgressTimes;
  readonly ca?: string;
}

/** Calls that go out, by HTTP. No proxy of the environment is asked: it would resolve names by itself. */
export function createEgress({
  rules,
  resolve = resolveBySystem,
  times = usualTimes,
  ca,
}: EgressParts): Egress {
  const parts: CallParts = { rules, resolve, times, ca };
  return {
    async call(request) {
      const url = checkedUrl(request.url, rules);
      const signal = AbortSignal.timeout(times.wholeMs);
      return await follow(url, request, parts, signal);
    },
  };
}

async function follow(
  first: URL,
  asked: EgressRequest,
  parts: CallParts,
  signal: AbortSignal,
): Promise<EgressAnswer> {
  let url = first;
  let request = asked;
  for (let redirected = 0; redirected <= maxRedirects; redirected += 1) {
    const answer = await callOnce(url, request, parts, signal);
    const next = nextOf(url, request, answer);
    if (next === undefined) return answer;
    const to = checkedUrl(next.href, parts.rules);
    if (url.protocol === 'https:' && to.protocol === 'http:') {
      throw new RatchetError('EGRESS_REFUSED', `${hostOf(url)} redirects to an address without TLS`);
    }
    if (to.origin !== url.origin) request = { ...request, headers: onlyHarmless(request.headers) };
    url = to;
  }
  const text = `${hostOf(first)} redirects more than ${maxRedirects} times`;
  throw new RatchetError('EGRESS_REFUSED', text);
}

/** Where an answer sends on; undefined where it does not, or would have a body left behind. */
function nextOf(url: URL, { method }: EgressRequest, { status, headers }: EgressAnswer): URL | undefined {
  const { location } = headers;
  if (location === undefined || !redirects.includes(status)) return undefined;
  if (method === 'POST' && !keepsBody.includes(status)) return undefined;
  if (URL.canParse(location, url.href)) return new URL(location, url.href);
  throw new RatchetError('EGRESS_FAILED', `${hostOf(url)} redirects to what is no address`);
}

function onlyHarmless(headers: EgressRequest['headers'] = {}): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(headers).filter(([name]) => harmless.includes(name.toLowerCase())),
  );
}
