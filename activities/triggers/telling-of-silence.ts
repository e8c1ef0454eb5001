import { activityInfo } from '@temporalio/activity';
import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type { RefName } from '../../domain/lifecycle/follow-ref.js';
import { noticeOfRepository } from '../../domain/notices/project-notices.js';
import { type TellDeps, tell } from './tell.js';

/** A repository that is away for less is not worth a letter. */
const patienceMs = 60_000;

/** Looks at a repository. One that has not answered for a minute is told of, and the failure is that of the look. */
export async function tellingOfSilence<T>(deps: TellDeps, at: RefName, look: () => Promise<T>): Promise<T> {
  try {
    return await look();
  } catch (error) {
    const isSilent = error instanceof RatchetError && error.code === 'GIT_UNREACHABLE';
    if (isSilent && Date.now() - activityInfo().scheduledTimestampMs > patienceMs)
      await tell(deps, noticeOfRepository({ ...at, reason: error.message, at: new Date().toISOString() }));
    throw error;
  }
}
