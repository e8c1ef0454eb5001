const secondMs = 1000;
const httpDate = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;

/**
 * How long an answer asks to be left alone, by `Retry-After` in seconds or as a date, or by the limits of Git hosts, whose
 * `x-ratelimit-reset` is in seconds since 1970. Null where it does not say.
 */
export function retryAfterMs(headers: Readonly<Record<string, string>>, nowMs: number): number | null {
  const { 'retry-after': asked = '' } = headers;
  if (/^\d{1,9}$/.test(asked)) return Number(asked) * secondMs;
  if (httpDate.test(asked)) return untilMs(Date.parse(asked), nowMs);
  if (headers['x-ratelimit-remaining'] !== '0') return null;
  return untilMs(Number(headers['x-ratelimit-reset']) * secondMs, nowMs);
}

function untilMs(at: number, nowMs: number): number | null {
  return Number.isFinite(at) ? Math.max(0, at - nowMs) : null;
}
