import { messageOf, RatchetError } from '../../domain/errors/ratchet-error.js';
import { cutLine } from '../../domain/notices/cut-line.js';
import { retryAt } from '../../domain/notices/retry-at.js';
import type {
  Errand,
  ErrandSecrets,
  LetterCarriers,
  TargetKind,
} from '../../domain/ports/letter-carriers.js';
import type { Letter } from '../../domain/ports/outbox.js';
import type { NoticeDeps } from './deps.js';
import { errandSecrets } from './errand-secrets.js';
import { mailAddressesOf } from './mail-addresses-of.js';

const errorCharacters = 500;

/** One try to bring one letter to its target, written down with its end, or when the next try is. */
export async function carryLetter(deps: NoticeDeps, letter: Letter): Promise<void> {
  const startedMs = deps.now();
  const secrets = errandSecrets(deps.secrets);
  const failure = await tryOnce(deps, letter, secrets);
  const endedMs = deps.now();
  const nextMs = failure === null ? null : nextTryMs(letter, failure, endedMs);
  await deps.outbox.attempted(
    {
      letter: letter.id,
      at: new Date(startedMs).toISOString(),
      ms: endedMs - startedMs,
      error: failure === null ? null : errorText(failure, secrets),
    },
    nextMs === null ? null : new Date(nextMs).toISOString(),
  );
}

/** What the try failed with; null where the letter was taken. */
async function tryOnce(
  deps: NoticeDeps,
  letter: Letter,
  secrets: ErrandSecrets,
): Promise<{ readonly error: unknown } | null> {
  try {
    const { project, to } = letter.notice;
    const { repo, config } = await deps.projects.get(project);
    const target = config.notifications[letter.target];
    if (target === undefined) {
      const text = `the project ${project} has no target "${letter.target}" in "notifications" any more`;
      throw new RatchetError('NOTICE_REFUSED', text);
    }
    const addresses = target.kind === 'mail' ? await mailAddressesOf(deps.accounts, project, to) : [];
    await carry(deps.carriers, target.kind, { letter, target, repo, addresses }, secrets);
    return null;
  } catch (error) {
    return { error };
  }
}

async function carry<K extends TargetKind>(
  carriers: LetterCarriers,
  kind: K,
  errand: Errand<K>,
  secrets: ErrandSecrets,
): Promise<void> {
  await carriers[kind].carry(errand, secrets);
}

function nextTryMs(
  { id, attempts }: Letter,
  { error }: { readonly error: unknown },
  nowMs: number,
): number | null {
  if (!(error instanceof RatchetError)) return retryAt(id, attempts + 1, nowMs);
  if (!error.entry.retry) return null;
  const { retryAfterMs } = error.details;
  return retryAt(id, attempts + 1, nowMs, typeof retryAfterMs === 'number' ? retryAfterMs : null);
}

/** Carriers hide secrets already; this is for what they did not foresee. */
function errorText({ error }: { readonly error: unknown }, secrets: ErrandSecrets): string {
  const code = error instanceof RatchetError ? error.code : 'INTERNAL';
  return cutLine(`${code}: ${secrets.hide(messageOf(error))}`, errorCharacters);
}
