import { describe, expect, it } from 'vitest';
import { createSlackCarrier } from '../../../../activities/adapters/notifiers/slack-carrier.js';
import type { TargetOf } from '../../../../domain/ports/letter-carriers.js';
import { egressTo, localServer } from '../egress/local-server.js';
import { allOf, errand, failureOf, secretsOf } from './errand.js';

const now = Date.parse('2026-01-02T03:04:05.000Z');
const target: TargetOf<'slack'> = { kind: 'slack', url: 'secret://url', about: ['run.failed'] };
const path = '/services/T0CANARY/B0CANARY/canaryCANARYcanary';

async function told(status: number, headers: Record<string, string> = {}, body = ''): Promise<unknown> {
  const { url } = await localServer((_, response) => response.writeHead(status, headers).end(body));
  const carrier = createSlackCarrier(egressTo(), () => now);
  return await carrier.carry(errand<'slack'>(target), secretsOf({ url: `${url}${path}?key=canary%2Fquery` }));
}

describe('an answer to a letter', () => {
  it.each([200, 201, 202, 204, 299])('of %i says that it was taken', async (status) => {
    await told(status);
  });

  it.each([408, 425, 429, 500, 502, 503, 504, 599])('of %i may be another one later', async (status) => {
    expect(await failureOf(told(status))).toMatchObject({
      code: 'EGRESS_FAILED',
      details: { status, retryAfterMs: null },
    });
  });

  it.each([301, 302, 303, 304, 400, 401, 403, 404, 405, 410, 413, 415, 422, 451])(
    'of %i is final',
    async (status) => {
      const error = await failureOf(told(status, { location: 'https://example.org/' }));
      expect(error).toMatchObject({ code: 'NOTICE_REFUSED', details: { status } });
      expect(error.message).toMatch(new RegExp(`^127.0.0.1:\\d+ answered ${status}$`));
    },
  );

  it.each([
    [429, { 'retry-after': '120' }, 120_000],
    [503, { 'retry-after': '0' }, 0],
    [503, { 'retry-after': 'Fri, 02 Jan 2026 03:05:05 GMT' }, 60_000],
    [503, { 'retry-after': 'Thu, 01 Jan 2026 00:00:00 GMT' }, 0],
    [503, { 'retry-after': 'soon' }, null],
    [503, { 'retry-after': '-5' }, null],
    [403, { 'retry-after': '60' }, 60_000],
    [403, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(now / 1000 + 30) }, 30_000],
    [429, { 'x-ratelimit-remaining': '0' }, null],
  ])('of %i with %o asks for %s ms', async (status, headers, retryAfterMs) => {
    const error = await failureOf(told(status, headers as Record<string, string>));
    expect(error).toMatchObject({ code: 'EGRESS_FAILED', details: { status, retryAfterMs } });
  });

  it('is quoted as one printable line of at most 200 characters', async () => {
    const error = await failureOf(told(404, {}, `no_service\u001b[31m\r\n${'x'.repeat(1000)}`));
    expect(error.message).toMatch(/answered 404: no_service\\x1b\[31m\\x0d\\x0ax{100,}…$/);
    expect(error.message.length).toBeLessThan(250);
  });

  it('is quoted without what of the address is secret, in any usual form', async () => {
    const forms = [
      path,
      encodeURIComponent(path),
      Buffer.from(path).toString('base64'),
      'canary/query',
      'canaryCANARYcanary',
    ];
    const error = await failureOf(told(404, {}, `no such hook: ${forms.join(' ')}`));
    expect(error.message).toMatch(/answered 404: no such hook: \*\*\*/);
    expect(allOf(error)).not.toMatch(/canary/i);
  });

  it('is not quoted where it was cut off, perhaps in the middle of a secret', async () => {
    const error = await failureOf(told(404, {}, 'z'.repeat(5000)));
    expect(error.message).toMatch(/answered 404$/);
  });
});

describe('a letter that finds nobody', () => {
  it.each([
    ['http://127.0.0.1:1/canary', 'EGRESS_FAILED'],
    ['http://example.org/canary', 'EGRESS_REFUSED'],
    ['https://169.254.169.254/canary', 'EGRESS_REFUSED'],
    ['https://canary:canary@hooks.slack.com/canary', 'EGRESS_REFUSED'],
    ['canary', 'EGRESS_REFUSED'],
  ])('at %s is %s, and nothing of the address is told', async (url, code) => {
    const carrier = createSlackCarrier(egressTo(), () => now);
    const error = await failureOf(carrier.carry(errand<'slack'>(target), secretsOf({ url })));
    expect(error.code).toBe(code);
    expect(allOf(error)).not.toContain('canary');
  });
});
