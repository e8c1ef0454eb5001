import { errandSecrets } from '../../../../activities/notices/errand-secrets.js';
import { messageOf, RatchetError } from '../../../../domain/errors/ratchet-error.js';
import type { Errand, TargetKind, TargetOf } from '../../../../domain/ports/letter-carriers.js';
import type { Letter, Notice } from '../../../../domain/ports/outbox.js';

export const commit = 'abcdef0123456789abcdef0123456789abcdef01';

export function notice(change: Partial<Notice> = {}): Notice {
  return {
    key: 'run:r1:0:failed',
    project: 'p',
    model: 'm',
    kind: 'run.failed',
    title: 'p/m: the run failed',
    lines: ['step: train', 'reason: "é" & <b>'],
    to: ['ann'],
    commit,
    state: 'failure',
    runId: 'r1',
    at: '2026-01-02T03:04:05.678Z',
    ...change,
  };
}

export function errand<K extends TargetKind>(
  target: TargetOf<K>,
  change: Partial<Notice> = {},
  { repo = 'https://github.com/owner/name', addresses = [] as readonly string[] } = {},
): Errand<K> {
  const letter: Letter = {
    id: '0f0e0d0c-0b0a-4908-8706-050403020100',
    seq: 1,
    target: 'ops',
    notice: notice(change),
    status: 'pending',
    attempts: 0,
    nextAt: '2026-01-02T03:04:05.678Z',
    deliveredAt: null,
  };
  return { letter, target, repo, addresses };
}

/** Secrets by name, that know what was read of them. */
export function secretsOf(values: Readonly<Record<string, string>>) {
  return errandSecrets({ read: async (name) => values[name] ?? '' });
}

/** What the work was refused with. */
export async function failureOf(work: Promise<unknown>): Promise<RatchetError> {
  try {
    await work;
  } catch (error) {
    if (error instanceof RatchetError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

/** All that a reader of an error can see. */
export function allOf(error: RatchetError): string {
  return `${messageOf(error)} ${JSON.stringify(error.details)} ${error.stack} ${String(error.cause)}`;
}
