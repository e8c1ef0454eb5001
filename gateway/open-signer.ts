import { RatchetError } from '../domain/errors/ratchet-error.js';
import type { Signer } from '../domain/ports/signing.js';
import { type Config, requireSetting } from '../temporal.config.js';
import { createRemoteSigner } from '../trust/remote-signer.js';

/** The signer of the settings. Without one nothing is signed, and a vote says why. Error: `SETTING_INVALID`. */
export function openSigner({ signing: { url, token } }: Pick<Config, 'signing'>): Signer {
  if (url === undefined) return { sign: async () => Promise.reject(noSigner()) };
  return createRemoteSigner({ url, token: requireSetting(token, 'RATCHET_SIGNER_TOKEN') });
}

const noSigner = () =>
  new RatchetError('PART_UNAVAILABLE', 'nothing can be signed here: RATCHET_SIGNER_URL is not set', {
    part: 'signer',
  });
