import { flagShape, listShape, optional, setting, sha256Shape, textShape, wholeShape } from '../setting.js';

/** The control plane over HTTP. */
export const gatewaySettings = {
  host: setting('127.0.0.1', {
    variable: 'RATCHET_GATEWAY_HOST',
    unit: 'host',
    about: 'address the gateway binds; loopback, so that being reachable is a decision',
    shape: textShape,
  }),
  port: setting('8400', {
    variable: 'RATCHET_GATEWAY_PORT',
    unit: 'port',
    about: 'port of the gateway; 0 picks a free one',
    shape: wholeShape(0, 65_535),
  }),
  allowedHosts: setting('localhost,127.0.0.1', {
    variable: 'RATCHET_GATEWAY_ALLOWED_HOSTS',
    unit: 'names, comma between',
    about: 'Host headers that are answered, without port; keeps foreign pages from a local gateway',
    shape: listShape,
  }),
  tokenSha256: optional({
    variable: 'RATCHET_TOKEN_SHA256',
    unit: 'hex',
    about: 'SHA-256 of the admin token; the gateway never holds the token itself',
    shape: sha256Shape,
  }),
  requestsPerSecond: setting('100', {
    variable: 'RATCHET_GATEWAY_REQUESTS_PER_SECOND',
    unit: 'requests/s',
    about:
      'requests of one account in the long run, five seconds of them at once; an address may send four times that',
    shape: wholeShape(1, 100_000),
  }),
  signInsPerMinute: setting('30', {
    variable: 'RATCHET_GATEWAY_SIGN_INS_PER_MINUTE',
    unit: 'tries/min',
    about: 'steps of signing in from one address, of which OpenID Connect takes three',
    shape: wholeShape(1, 10_000),
  }),
  trustsForwarded: setting('false', {
    variable: 'RATCHET_GATEWAY_TRUST_FORWARDED',
    unit: 'true or false',
    about:
      'whether the last address in X-Forwarded-For is that of the caller; true only behind a proxy that writes it',
    shape: flagShape,
  }),
};
