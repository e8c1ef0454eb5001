import { canonicalText } from '../domain/canonical-text.js';
import { messageOf, RatchetError } from '../domain/errors/ratchet-error.js';
import type { Signer } from '../domain/ports/signing.js';
import type { Envelope, PayloadType } from '../domain/signing/envelope.js';

export interface RemoteSignerOptions {
  /** Of the signer, without a path. */
  readonly url: string;
  readonly token: string;
  /** Default 5000. */
  readonly timeoutMs?: number;
}

/**
 * Has values signed by the signer's process. What comes back must be what was asked for. Errors: `PART_UNAVAILABLE`,
 * `FORBIDDEN`, and `INTERNAL` for another payload than was sent.
 */
export function createRemoteSigner(options: RemoteSignerOptions): Signer {
  return {
    async sign(payloadType, value) {
      const text = canonicalText(value);
      const answer = await ask(options, `{"payloadType":${JSON.stringify(payloadType)},"value":${text}}`);
      if (!isEnvelopeOf(answer, payloadType, text))
        throw new RatchetError('INTERNAL', 'the signer signed something else than it was asked to');
      return answer;
    },
  };
}

async function ask({ url, token, timeoutMs = 5000 }: RemoteSignerOptions, body: string): Promise<unknown> {
  const response = await answered(() =>
    fetch(new URL('/sign', url), {
      method: 'POST',
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body,
    }),
  );
  if (response.ok) return await answered(() => response.json());
  const { status } = response;
  if (status === 401 || status === 403)
    throw new RatchetError('FORBIDDEN', `the signer does not sign this for this process (${status})`);
  const code = status >= 500 ? 'PART_UNAVAILABLE' : 'INTERNAL';
  throw new RatchetError(code, `the signer answers ${status}`);
}

async function answered<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (cause) {
    throw new RatchetError(
      'PART_UNAVAILABLE',
      `the signer does not answer: ${messageOf(cause)}`,
      {},
      { cause },
    );
  }
}

function isEnvelopeOf(answer: unknown, payloadType: PayloadType, text: string): answer is Envelope {
  if (typeof answer !== 'object' || answer === null) return false;
  const { payloadType: type, payload, signatures } = answer as Partial<Envelope>;
  const expected = Buffer.from(text, 'utf8').toString('base64');
  return type === payloadType && payload === expected && Array.isArray(signatures) && signatures.length > 0;
}
