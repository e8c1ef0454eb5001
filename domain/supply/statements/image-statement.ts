import type { ResourceDescriptor } from '../../signing/model-statement.js';
import type { Finding, Verdict } from '../../verdict.js';

/** What is said about an image, by the type of its predicate. Each is a statement of its own, so that each can be asked for. */
export const imagePredicates = {
  build: 'https://ratchet.dev/attestation/image-build/v1',
  materials: 'https://ratchet.dev/attestation/image-materials/v1',
  scan: 'https://ratchet.dev/attestation/image-scan/v1',
  model: 'https://ratchet.dev/attestation/image-model/v1',
} as const;
export type ImagePredicate = keyof typeof imagePredicates;
export const imagePredicateNames = Object.keys(imagePredicates) as ImagePredicate[];

/** in-toto Statement v1 about one image. */
export interface ImageStatement<Predicate = unknown> {
  readonly _type: 'https://in-toto.io/Statement/v1';
  /** The image by the digest of its configuration and, once it has one, by that of its manifest. */
  readonly subject: readonly ResourceDescriptor[];
  readonly predicateType: string;
  readonly predicate: Predicate;
}

/** Which image: `sha256:` and 64 hex digits each. */
export interface ImageIdentity {
  readonly name: string;
  readonly imageDigest: string;
  readonly manifestDigest: string | null;
}

/** From what the image was built. */
export interface BuildPredicate {
  readonly commit: string;
  /** By digest. */
  readonly base: string;
  readonly release: string;
}

/** The bill of materials by its digest; it may be larger than a signature should carry. */
export interface MaterialsPredicate {
  readonly format: 'CycloneDX 1.6';
  readonly sha256: string;
  readonly components: number;
}

export interface ScanPredicate {
  readonly verdict: Verdict;
  readonly reasons: readonly Finding[];
  /** SHA-256 of the policy's canonical text. */
  readonly policy: string;
  readonly scannedAt: string;
  readonly databaseOf: string | null;
}

/** The model that the image was tested with, and the evaluation that let it in. */
export interface ModelPredicate {
  /** `project/model@version`. */
  readonly model: string;
  readonly sha256: string;
  readonly evaluation: { readonly id: string; readonly report: string };
}

interface Predicates {
  readonly build: BuildPredicate;
  readonly materials: MaterialsPredicate;
  readonly scan: ScanPredicate;
  readonly model: ModelPredicate;
}

/** A statement to be signed. Equal facts give equal statements. */
export function imageStatement<Kind extends ImagePredicate>(
  kind: Kind,
  { name, imageDigest, manifestDigest }: ImageIdentity,
  predicate: Predicates[Kind],
): ImageStatement<Predicates[Kind]> {
  const digests = manifestDigest === null ? [imageDigest] : [imageDigest, manifestDigest];
  return {
    _type: 'https://in-toto.io/Statement/v1',
    subject: digests.map((digest) => ({ name, digest: { sha256: digest.replace(/^sha256:/, '') } })),
    predicateType: imagePredicates[kind],
    predicate,
  };
}
