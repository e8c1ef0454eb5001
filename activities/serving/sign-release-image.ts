import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type { SignImageInput } from '../../domain/lifecycle/release-serving.js';
import type { ImageRef } from '../../domain/ports/deployment-target.js';
import { type Envelope, payloadTypes } from '../../domain/signing/envelope.js';
import {
  type ImageStatement,
  imagePredicateNames,
  imagePredicates,
} from '../../domain/supply/statements/image-statement.js';
import type { ReleaseDeps } from './deps.js';

/**
 * Has the statements about an image signed, each by itself. A worker that scans runs foreign code and holds no token of
 * the signer; so nothing but statements about this image is signed here. Errors: `IMAGE_REFUSED` for anything else, those
 * of the signer and the store.
 */
export async function signReleaseImage(
  { blobs, signer }: Pick<ReleaseDeps, 'blobs' | 'signer'>,
  { image, configuration, scanned }: SignImageInput,
): Promise<ImageRef> {
  const digests = configuration === undefined ? [image.digest] : [configuration, image.digest];
  const statements = await blobs.getJson(scanned.statements);
  if (!Array.isArray(statements) || statements.length !== imagePredicateNames.length) throw another(image);
  const envelopes: Envelope[] = [];
  for (const statement of statements) {
    if (!isAbout(statement, digests)) throw another(image);
    envelopes.push(await signer.sign(payloadTypes.statement, statement));
  }
  return { ...image, statements: await blobs.putJson(envelopes) };
}

const types: readonly string[] = Object.values(imagePredicates);

function isAbout(value: unknown, digests: readonly string[]): value is ImageStatement {
  if (typeof value !== 'object' || value === null) return false;
  const { predicateType, subject } = value as Partial<ImageStatement>;
  if (predicateType === undefined || !types.includes(predicateType) || !Array.isArray(subject)) return false;
  const about = subject.map((one) => `sha256:${one?.digest?.sha256}`);
  return about.join() === digests.join();
}

function another({ digest }: ImageRef): RatchetError {
  return new RatchetError('IMAGE_REFUSED', `what is to be signed is not what is said about ${digest} alone`);
}
