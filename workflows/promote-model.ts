import {
  CancelledFailure,
  condition,
  continueAsNew,
  proxyActivities,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import type { PromotionActivities } from '../activities/approvals/promotion-activities.js';
import type { PromoteModelInput, PromoteModelResult } from '../domain/lifecycle/promote-model.js';
import { runEnding } from '../domain/lifecycle/run-ending.js';
import { askPeople } from './approvals/ask-people.js';
import { wake, wakeNextInLine } from './approvals/wake.js';
import { failureOf } from './failure.js';
import { recheckSignal } from './messages/approvals.js';
import { controlOptions } from './options.js';
import { startRelease } from './steps/start-release.js';
import { tooLateToCancel } from './too-late-to-cancel.js';

const { openPromotion, signAttestation, moveChampion } = proxyActivities<PromotionActivities>(controlOptions);

/** Whoever ends an approval wakes the next; this is for the case that nobody could. */
const lookAgain = '6 hours';

/**
 * From a version that programs passed to the champion: asks people where the policy says so, for as long as that takes,
 * then signs what it stands on and moves the alias, in a transaction that verifies all of it again. An approval that
 * became void is asked anew, about what is in force then.
 */
export async function promoteModel(input: PromoteModelInput): Promise<PromoteModelResult> {
  try {
    return await promote(input);
  } catch (error) {
    const ending = runEnding(failureOf(error));
    if (ending.status === 'cancelled') throw new CancelledFailure(ending.reason);
    return {
      status: ending.status === 'refused' ? 'refused' : 'failed',
      reason: ending.reason,
      approval: null,
    };
  }
}

async function promote(input: PromoteModelInput): Promise<PromoteModelResult> {
  let woken = false;
  setHandler(recheckSignal, () => {
    woken = true;
  });
  for (;;) {
    if (workflowInfo().continueAsNewSuggested) await continueAsNew<typeof promoteModel>(input);
    woken = false;
    const opening = await openPromotion(input);
    switch (opening.kind) {
      case 'over':
        return { status: opening.status, reason: opening.reason, approval: null };
      case 'programs-alone':
        return crown(input, null);
      case 'approved':
        return crown(input, opening.approval);
      case 'wait':
        await condition(() => woken, lookAgain);
        break;
      case 'ask': {
        for (const other of opening.ends) await wake(other);
        const { status, reason } = await askPeople(input.model, opening);
        if (status === 'void') break;
        if (status === 'approved') return crown(input, opening.approval);
        await wakeNextInLine(input);
        return { status, reason, approval: opening.approval };
      }
    }
  }
}

async function crown(input: PromoteModelInput, approval: string | null): Promise<PromoteModelResult> {
  const { project, model, version } = input;
  const at = { project, model, version, approval };
  await tooLateToCancel(async () => {
    const attestation = await signAttestation(at);
    const moved = await moveChampion({ ...at, attestation, actor: input.requestedBy });
    for (const release of moved?.releases ?? []) await startRelease(release);
  });
  await wakeNextInLine(input);
  return { status: 'promoted', reason: null, approval };
}
