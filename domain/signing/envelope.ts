/** DSSE v1: a payload with the signatures over it. Base64 as the specification has it. */
export interface Envelope {
  readonly payloadType: string;
  /** Base64 of the payload's bytes. */
  readonly payload: string;
  readonly signatures: readonly { readonly keyid: string; readonly sig: string }[];
}

/** Types of what we sign. */
export const payloadTypes = {
  vote: 'application/vnd.ratchet.vote+json',
  checkpoint: 'application/vnd.ratchet.audit-checkpoint+json',
  statement: 'application/vnd.in-toto+json',
} as const;
export type PayloadType = (typeof payloadTypes)[keyof typeof payloadTypes];

/** A public key and when its signatures count. */
export interface SigningKey {
  /** First 16 hex digits of the SHA-256 of the key's SPKI bytes. */
  readonly id: string;
  /** SPKI, PEM, P-256. */
  readonly publicKey: string;
  readonly notBefore: string;
  /** Signatures made after this do not count. */
  readonly notAfter: string | null;
  /** From then on no signature of it counts, whenever it was made. */
  readonly revokedAt: string | null;
}
