import { addressShape, optional, setting, sha256Shape, textShape, wholeShape } from '../setting.js';

/** Signatures: where the signer is, and what it alone needs. */
export const signingSettings = {
  url: optional({
    variable: 'RATCHET_SIGNER_URL',
    unit: 'address',
    about: 'the signer, as the gateway and the workers reach it',
    shape: addressShape('http', 'https'),
  }),
  token: optional({
    variable: 'RATCHET_SIGNER_TOKEN',
    unit: 'secret',
    about: 'by what the signer knows this process; the gateway and the workers have one each',
    shape: textShape,
  }),
  host: setting('127.0.0.1', {
    variable: 'RATCHET_SIGNER_HOST',
    unit: 'host',
    about: 'address the signer binds; loopback, so that being reachable is a decision',
    shape: textShape,
  }),
  port: setting('8420', {
    variable: 'RATCHET_SIGNER_PORT',
    unit: 'port',
    about: 'port of the signer; 0 picks a free one',
    shape: wholeShape(0, 65_535),
  }),
  keyFile: optional({
    variable: 'RATCHET_SIGNER_KEY_FILE',
    unit: 'file',
    about: 'the private key, P-256 as PEM, readable by the signer alone; leave it out of every other process',
    shape: textShape,
  }),
  gatewaySha256: optional({
    variable: 'RATCHET_SIGNER_GATEWAY_SHA256',
    unit: 'hex',
    about: 'SHA-256 of the token of the gateway, which has votes signed',
    shape: sha256Shape,
  }),
  workersSha256: optional({
    variable: 'RATCHET_SIGNER_WORKERS_SHA256',
    unit: 'hex',
    about: 'SHA-256 of the token of the workers, which have attestations and audit checkpoints signed',
    shape: sha256Shape,
  }),
};
