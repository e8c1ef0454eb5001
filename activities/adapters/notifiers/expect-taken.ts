import { RatchetError } from '../../../domain/errors/ratchet-error.js';
import { cutLine } from '../../../domain/notices/cut-line.js';
import type { EgressAnswer } from '../../../domain/ports/egress.js';
import type { ErrandSecrets } from '../../../domain/ports/letter-carriers.js';
import { retryAfterMs } from './retry-after.js';

/** Other statuses below 500 say that the same letter will not be taken later either. */
const passing: readonly number[] = [408, 425, 429];
const quotedCharacters = 200;

/**
 * Throws what an answer means for a letter that it does not take. Errors: `EGRESS_FAILED` where it may be taken later,
 * with `status` and `retryAfterMs`, else `NOTICE_REFUSED`; both quote the answer, without the secrets of the errand.
 */
export function expectTaken(
  host: string,
  answer: EgressAnswer,
  secrets: Pick<ErrandSecrets, 'hide'>,
  nowMs: number,
): void {
  const { status } = answer;
  if (status >= 200 && status < 300) return;
  const waits = retryAfterMs(answer.headers, nowMs);
  const mayPass = status >= 500 || passing.includes(status) || (status === 403 && waits !== null);
  const text = `${host} answered ${status}${quote(answer, secrets)}`;
  if (mayPass) throw new RatchetError('EGRESS_FAILED', text, { status, retryAfterMs: waits });
  throw new RatchetError('NOTICE_REFUSED', text, { status });
}

/** A body that was cut off may end in the middle of a secret, where nobody finds it. */
function quote({ body, isWhole }: EgressAnswer, secrets: Pick<ErrandSecrets, 'hide'>): string {
  const said = body.trim();
  if (said === '' || !isWhole) return '';
  return `: ${cutLine(secrets.hide(said), quotedCharacters)}`;
}
