import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type { BlobStore } from '../../domain/ports/blobs.js';
import type { ImageRef, WantedRevision } from '../../domain/ports/deployment-target.js';
import type { EndpointStore } from '../../domain/ports/endpoints.js';
import type { Refusal } from '../../domain/ports/runs.js';
import type { SigningKeys, Verifier } from '../../domain/ports/signing.js';
import type { Envelope } from '../../domain/signing/envelope.js';
import { verifyImage } from '../../domain/supply/statements/verify-image.js';

export interface ProofDeps {
  readonly blobs: Pick<BlobStore, 'getJson'>;
  readonly endpoints: Pick<EndpointStore, 'revisions'>;
  readonly signingKeys: SigningKeys;
  readonly verifier: Verifier;
}

/**
 * Whether every statement about the image of a revision is there, signed by a registered key that counts, about that
 * image, with a scan that passed. Errors: `IMAGE_REFUSED`, with a row for each statement that does not count; those of
 * the stores.
 */
export async function proveImage(deps: ProofDeps, wanted: WantedRevision): Promise<void> {
  const { project, endpoint, revision, image } = wanted;
  const about = `revision ${revision} of ${project}/${endpoint}`;
  if (image === null)
    throw refused(`${about} has no image; allowed in a container is one that was built and scanned`);
  if (image.statements === undefined)
    throw refused(`nothing is signed about the image of ${about} (${image.digest})`);
  const now = new Date().toISOString();
  const [envelopes, keys, receivedAt] = await Promise.all([
    envelopesOf(deps, image.statements),
    deps.signingKeys.list(),
    firstLiveAt(deps, wanted, image),
  ]);
  const kept = envelopes.map((envelope) => ({ envelope, receivedAt: receivedAt ?? now }));
  const { ok, statements } = verifyImage(
    { imageDigest: image.digest, envelopes: kept, keys, now },
    deps.verifier,
  );
  if (ok) return;
  const refusals = statements.flatMap(({ kind, text, ...check }): Refusal[] =>
    check.ok
      ? []
      : [{ what: kind, rule: 'image-statement', actual: text, limit: 'signed by a registered key' }],
  );
  const told = refusals.map(({ what, actual }) => `${what}: ${actual}`).join('; ');
  throw refused(`the image of ${about} may not be run: ${told}`, refusals);
}

async function envelopesOf(
  { blobs }: ProofDeps,
  ref: NonNullable<ImageRef['statements']>,
): Promise<readonly Envelope[]> {
  const value = await blobs.getJson(ref);
  if (Array.isArray(value)) return value;
  throw refused('what was stored about the image is not a list of statements');
}

/** By when they were there, so that what a key signed still counts when the key is over; one that is revoked never does. */
async function firstLiveAt(
  { endpoints }: ProofDeps,
  { project, endpoint }: WantedRevision,
  { statements }: ImageRef,
): Promise<string | undefined> {
  const revisions = await endpoints.revisions({ project, endpoint });
  const same = revisions.filter(({ wanted }) => wanted.image?.statements?.sha256 === statements?.sha256);
  return same.map(({ from }) => from).toSorted()[0];
}

function refused(message: string, refusals: readonly Refusal[] = []): RatchetError {
  return new RatchetError('IMAGE_REFUSED', message, refusals.length === 0 ? {} : { refusals });
}
