import type { Envelope, PayloadType, SigningKey } from '../signing/envelope.js';

/** Makes signatures. The key stays where it is. Errors: `PART_UNAVAILABLE`, `FORBIDDEN` for a type that the caller may not have signed. */
export interface Signer {
  /** Signs the canonical JSON of the value. */
  sign(payloadType: PayloadType, value: unknown): Promise<Envelope>;
}

export type Verified =
  | { readonly kind: 'valid'; readonly keyId: string; readonly value: unknown }
  /** Why it counts for nothing, in words. */
  | { readonly kind: 'invalid'; readonly reason: string };

/** Checks signatures against keys. */
export interface Verifier {
  /** `at` is when the signature is said to have been made, by a clock that its maker does not hold. */
  verify(envelope: Envelope, payloadType: PayloadType, keys: readonly SigningKey[], at: string): Verified;
}

/** The public keys that count. The database takes new ones from its owner alone. */
export interface SigningKeys {
  list(): Promise<readonly SigningKey[]>;
}
