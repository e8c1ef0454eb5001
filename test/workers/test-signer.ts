import { createHash } from 'node:crypto';
import { pino } from 'pino';
import { connect } from '../../db/client.js';
import { createSigningKeyOwner } from '../../db/signing-keys.js';
import { generateKeyPair } from '../../trust/keys.js';
import { serveSigner } from '../../workers/signing/serve-signer.js';

/** The real signer with a key of its own, in the process of the test. */
export interface TestSigner {
  /** Settings by which a process finds it, as one of its two callers. */
  settings(caller: 'gateway' | 'workers'): Readonly<Record<string, string>>;
  /** Makes its key known to a database, as its owner does. */
  register(ownerUrl: string): Promise<void>;
  close(): Promise<void>;
}

export async function serveTestSigner(): Promise<TestSigner> {
  const { publicKey, privateKey } = generateKeyPair();
  const digest = (token: string) => createHash('sha256').update(token).digest('hex');
  const callers = { gateway: digest('gateway'), workers: digest('workers') };
  const log = pino({ level: 'silent' });
  const { url, close } = await serveSigner({ host: '127.0.0.1', port: 0, privateKey, callers, log });
  return {
    close,
    settings: (caller) => ({ RATCHET_SIGNER_URL: url, RATCHET_SIGNER_TOKEN: caller }),
    async register(ownerUrl) {
      const owner = connect(ownerUrl, { poolSize: 1, application: 'test-owner' });
      await createSigningKeyOwner(owner).register(publicKey, '2020-01-01T00:00:00.000Z');
      await owner.close();
    },
  };
}
