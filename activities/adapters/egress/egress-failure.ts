import { RatchetError } from '../../../domain/errors/ratchet-error.js';

/** Why nothing, or nothing usable, came back, in words. Other codes of Node and of the HTTP client say it themselves. */
const words: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there',
  ECONNRESET: 'the connection was cut',
  ENOTFOUND: 'its name has no address',
  EAI_AGAIN: 'its name could not be resolved',
  ETIMEDOUT: 'no connection came about in time',
  TimeoutError: 'it took too long',
  ABORT_ERR: 'it took too long',
  UND_ERR_CONNECT_TIMEOUT: 'no connection came about in time',
  UND_ERR_HEADERS_TIMEOUT: 'no answer came in time',
  UND_ERR_BODY_TIMEOUT: 'the rest of its answer did not come in time',
  UND_ERR_HEADERS_OVERFLOW: 'its answer has more headers than are read',
  UND_ERR_SOCKET: 'the connection was cut',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is signed by nobody that is trusted',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate is signed by nobody that is trusted',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate is signed by nobody that is trusted',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another host',
};

/**
 * A failed call as an error of ours. The message of the cause is left out: it may quote the request. A request that the
 * client does not take, as for a line end in a header, is refused: to send it again is in vain.
 */
export function egressFailure(host: string, error: unknown): RatchetError {
  if (error instanceof RatchetError) return error;
  const code = codeOf(error);
  if (code === 'UND_ERR_INVALID_ARG') {
    const text = `the call to ${host} has a header or a path with characters that are not allowed in it`;
    return new RatchetError('EGRESS_REFUSED', text);
  }
  return new RatchetError('EGRESS_FAILED', `${host} gave no usable answer: ${words[code] ?? code}`, { code });
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}
