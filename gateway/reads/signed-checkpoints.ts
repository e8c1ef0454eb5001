import { z } from '@hono/zod-openapi';
import { readCheckpoint } from '../../db/read-checkpoint.js';
import { checkpointFolder, rowOfCheckpoint } from '../../domain/audit/checkpoint-key.js';
import { messageOf, RatchetError } from '../../domain/errors/ratchet-error.js';
import type { AuditCheckpoint, SignedCheckpoint } from '../../domain/ports/audit.js';
import type { SigningKey } from '../../domain/signing/envelope.js';
import type { GatewayDeps } from '../deps.js';

/** Checkpoints by where they lie: what they say, or what is wrong with one. */
export interface ReadCheckpoints {
  readonly signed: readonly AuditCheckpoint[];
  readonly unsigned: readonly { readonly seq: number; readonly why: string }[];
}

type Deps = Pick<GatewayDeps, 'audit' | 'blobs' | 'signingKeys' | 'verifier'>;
type Read = AuditCheckpoint | { readonly seq: number; readonly why: string };

/** What lies in a bucket may be anything. */
const envelopeSchema = z.strictObject({
  payloadType: z.string(),
  payload: z.string(),
  signatures: z.array(z.strictObject({ keyid: z.string(), sig: z.string() })),
});

/** Objects that are asked for at once. */
const atOnce = 16;

/**
 * The checkpoints that count by their signature: those beside the chain, which whoever owns the database could have
 * taken away, and after them those that were kept outside. Of two of one row the later one stands.
 */
export async function signedCheckpoints(deps: Deps): Promise<ReadCheckpoints> {
  const [beside, names, keys] = await Promise.all([
    deps.audit.checkpoints(),
    deps.blobs.listKept(checkpointFolder),
    deps.signingKeys.list(),
  ]);
  const read: Read[] = beside.map((checkpoint) => ofRow(deps, checkpoint, keys));
  for (let from = 0; from < names.length; from += atOnce) {
    const some = names.slice(from, from + atOnce);
    read.push(...(await Promise.all(some.map((name) => ofObject(deps, name, keys)))));
  }
  return {
    signed: read.filter((one): one is AuditCheckpoint => !('why' in one)),
    unsigned: read.filter((one): one is Exclude<Read, AuditCheckpoint> => 'why' in one),
  };
}

function ofRow(deps: Deps, { seq, hash, at, envelope }: SignedCheckpoint, keys: readonly SigningKey[]): Read {
  const said = readCheckpoint(envelope, at, { verifier: deps.verifier, keys });
  if (typeof said === 'string') return { seq, why: said };
  const same = said.seq === seq && said.hash === hash && said.at === at;
  return same ? said : { seq, why: 'it says something else than what was signed' };
}

/** The name of an object says which row it is about; the store's clock, when it was signed at the latest. */
async function ofObject({ blobs, verifier }: Deps, name: string, keys: readonly SigningKey[]): Promise<Read> {
  const seq = rowOfCheckpoint(name);
  if (seq === undefined) return { seq: 0, why: `${name} is not the name of a checkpoint` };
  try {
    const { value, writtenAt } = await blobs.readKept(name);
    const envelope = envelopeSchema.safeParse(value);
    if (!envelope.success) return { seq, why: `${name} is not an envelope` };
    const said = readCheckpoint(envelope.data, writtenAt, { verifier, keys });
    if (typeof said === 'string') return { seq, why: said };
    return said.seq === seq ? said : { seq, why: `${name} is about row ${said.seq}` };
  } catch (error) {
    if (!(error instanceof RatchetError && error.code === 'BLOB_CORRUPT')) throw error;
    return { seq, why: messageOf(error) };
  }
}
