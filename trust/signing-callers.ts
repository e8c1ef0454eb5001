import { createHash, timingSafeEqual } from 'node:crypto';
import { type PayloadType, payloadTypes } from '../domain/signing/envelope.js';

/** Who may have something signed. */
export type SigningCaller = 'gateway' | 'workers';

/** What each caller may have signed. A worker cannot make a vote, and the gateway no attestation. */
export const maySign: Readonly<Record<SigningCaller, readonly PayloadType[]>> = {
  gateway: [payloadTypes.vote],
  workers: [payloadTypes.statement, payloadTypes.checkpoint],
};

/** SHA-256 of each caller's token, 64 hex digits. */
export type CallerDigests = Readonly<Record<SigningCaller, string>>;

/** Whose token it is; undefined for nobody's. Takes as long for any token. */
export function callerOf(token: string, digests: CallerDigests): SigningCaller | undefined {
  const came = createHash('sha256').update(token, 'utf8').digest();
  const callers = Object.keys(maySign) as SigningCaller[];
  const fits = callers.map((caller) => timingSafeEqual(came, Buffer.from(digests[caller], 'hex')));
  return callers[fits.indexOf(true)];
}

/** Whether the caller may have this type signed. */
export function isAllowed(caller: SigningCaller, payloadType: unknown): payloadType is PayloadType {
  return maySign[caller].some((allowed) => allowed === payloadType);
}
