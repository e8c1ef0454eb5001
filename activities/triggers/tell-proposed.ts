import { noticeOfProposal } from '../../domain/notices/line-notices.js';
import type { ModelLine } from '../../domain/ports/model-lines.js';
import type { LineState } from '../../domain/ports/trigger-events.js';
import type { LineDecision } from '../../domain/triggers/line-decision.js';
import { type TellDeps, tell } from './tell.js';

/** Announces a run that a person may still stop; what joins one that is announced is not told of again. */
export async function tellProposed(
  deps: TellDeps,
  { project, model, owner }: ModelLine,
  { proposed, wakeAt }: LineDecision,
  { pending }: LineState,
): Promise<void> {
  if (pending.some(({ proposedAt }) => proposedAt !== null)) return;
  const causes = pending.filter(({ id }) => proposed.includes(id));
  const proposedAt = new Date().toISOString();
  const startsAt = wakeAt ?? proposedAt;
  await tell(deps, noticeOfProposal({ project, model, owner, causes, proposedAt, startsAt }));
}
