import type { Context } from 'hono';
import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type { BlobRef } from '../../domain/ports/blobs.js';
import { callerOf } from '../access/caller.js';
import type { GatewayEnv } from './env.js';

export interface SentObject {
  readonly object: BlobRef;
  /** Made of names that were parsed: it stands in a header, and becomes a file. */
  readonly fileName: string;
  readonly action: 'model.pulled' | 'dataset.pulled';
  readonly project: string;
  readonly subject: string;
  readonly details: object;
}

/**
 * Hands an object on as fast as it is read. Its audit row, whoever reads, is there before the first byte leaves: what
 * cannot be told is not sent. Errors: `BLOB_MISSING`, `PART_UNAVAILABLE`; an object that is not what its digest says
 * ends before its last piece.
 */
export async function sendObject(context: Context<GatewayEnv>, sent: SentObject): Promise<Response> {
  const { object, fileName } = sent;
  const headers = {
    'content-type': 'application/octet-stream',
    'content-length': String(object.bytes),
    'content-disposition': `attachment; filename="${fileName}"`,
    etag: `"${object.sha256}"`,
    'cache-control': 'no-store',
  };
  if (context.req.method === 'HEAD') {
    await requireThere(context, object);
    return new Response(null, { headers });
  }
  const bytes = await context.get('deps').blobs.open(object);
  try {
    await tell(context, sent);
  } catch (error) {
    await bytes.cancel();
    throw error;
  }
  return new Response(bytes, { headers });
}

/** No byte leaves, so none is told of. */
async function requireThere(context: Context<GatewayEnv>, object: BlobRef): Promise<void> {
  if (await context.get('deps').blobs.exists(object)) return;
  throw new RatchetError('BLOB_MISSING', `${object.uri} is not in the store`);
}

async function tell(
  context: Context<GatewayEnv>,
  { object, action, project, subject, details }: SentObject,
): Promise<void> {
  const { method } = callerOf(context);
  const { sha256, bytes } = object;
  const { audit } = context.get('deps');
  await audit.append({ action, project, subject, details: { ...details, method, sha256, bytes } });
}
