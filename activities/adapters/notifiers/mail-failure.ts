import { RatchetError } from '../../../domain/errors/ratchet-error.js';
import { cutLine } from '../../../domain/notices/cut-line.js';
import type { ErrandSecrets } from '../../../domain/ports/letter-carriers.js';

const quotedCharacters = 200;

/**
 * What a mail server did not take, as an error of ours: an answer from 500 on stays (`NOTICE_REFUSED`), but for 503, which
 * is about the order of commands; all else may pass (`EGRESS_FAILED`). Quotes the server, without the secrets.
 */
export function mailFailure(
  host: string,
  error: unknown,
  secrets: Pick<ErrandSecrets, 'hide'>,
): RatchetError {
  if (error instanceof RatchetError) return error;
  const { responseCode, said, code } = factsOf(error);
  const quote = `(${code}): ${cutLine(secrets.hide(said.trim()), quotedCharacters)}`;
  if (responseCode !== undefined && responseCode >= 500 && responseCode !== 503) {
    return new RatchetError('NOTICE_REFUSED', `the mail server ${host} refuses the letter ${quote}`);
  }
  return new RatchetError('EGRESS_FAILED', `the mail server ${host} did not take the letter ${quote}`);
}

interface MailFacts {
  readonly responseCode: number | undefined;
  /** What the server said; else what went wrong before it could. */
  readonly said: string;
  /** Of nodemailer or of the connection, such as `ETLS`, `EAUTH`, `ESOCKET`. */
  readonly code: string;
}

function factsOf(error: unknown): MailFacts {
  if (!(error instanceof Error)) return { responseCode: undefined, said: String(error), code: 'unknown' };
  const { responseCode, response, code }: Partial<Record<string, unknown>> = { code: error.name, ...error };
  return {
    responseCode: typeof responseCode === 'number' ? responseCode : undefined,
    said: typeof response === 'string' ? response : error.message,
    code: String(code),
  };
}
