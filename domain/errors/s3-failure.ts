/** What an S3 call came to, without anything that could hold a secret. */
export interface S3Failure {
  /** `unreachable`: nobody answered, or answered that they cannot right now. */
  readonly kind: 'missing' | 'refused' | 'unreachable';
  /** Name and status of the answer, such as `AccessDenied (403)`, or the code of the network error. */
  readonly reason: string;
}

/**
 * Reads an error of the S3 client. Undefined where it is not about S3 (an error of the local disk, a defect).
 * The service's message is left out: it may quote the request.
 */
export function s3Failure(error: unknown): S3Failure | undefined {
  if (!(error instanceof Error)) return undefined;
  const status = statusOf(error);
  if (status !== undefined) return { kind: kindOf(status, error.name), reason: `${error.name} (${status})` };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : error.name;
  const network = networkCodes.has(code) && !('path' in error);
  return network ? { kind: 'unreachable', reason: code } : undefined;
}

const networkCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EPROTO',
  'ERR_STREAM_PREMATURE_CLOSE',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'CERT_HAS_EXPIRED',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'TimeoutError',
  'AbortError',
]);

function statusOf(error: Error): number | undefined {
  if (!('$metadata' in error)) return undefined;
  const { $metadata: metadata } = error;
  if (typeof metadata !== 'object' || metadata === null || !('httpStatusCode' in metadata)) return undefined;
  return typeof metadata.httpStatusCode === 'number' ? metadata.httpStatusCode : undefined;
}

function kindOf(status: number, name: string): S3Failure['kind'] {
  if (status === 404 && name !== 'NoSuchBucket') return 'missing';
  // 409: another writer is at the same key; 429: slow down. Both pass.
  if (status >= 500 || status === 409 || status === 429) return 'unreachable';
  return 'refused';
}
