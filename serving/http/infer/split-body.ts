import { RatchetError } from '../../../domain/errors/ratchet-error.js';

/** Length in bytes of the JSON part, where tensors stand behind it. */
export const headerLengthName = 'inference-header-content-length';

/** A body of the binary tensor extension. */
export interface SplitBody {
  /** Null where the whole body is one tensor. */
  readonly json: Buffer | null;
  /** Null where nothing was said of bytes behind the JSON. */
  readonly bytes: Buffer | null;
}

/** Error: `REQUEST_INVALID` where the header is no length within the body. */
export function splitBody(body: Buffer, header: string | undefined): SplitBody {
  if (header === undefined) return { json: body, bytes: null };
  const length = /^\d{1,15}$/.test(header) ? Number(header) : Number.NaN;
  if (length === 0) return { json: null, bytes: body };
  if (length <= body.length) return { json: body.subarray(0, length), bytes: body.subarray(length) };
  throw new RatchetError(
    'REQUEST_INVALID',
    `${headerLengthName} is not a length within the body, allowed is a whole number up to ${body.length}`,
  );
}
