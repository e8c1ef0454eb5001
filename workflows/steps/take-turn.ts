import { condition, proxyActivities, setHandler } from '@temporalio/workflow';
import type { ReleaseActivities } from '../../activities/serving/release-activities.js';
import type { ReleaseServingInput, ReleaseTurn } from '../../domain/lifecycle/release-serving.js';
import { wake } from '../approvals/wake.js';
import { recheckSignal } from '../messages/approvals.js';
import { controlOptions } from '../options.js';

const { takeReleaseTurn } = proxyActivities<ReleaseActivities>(controlOptions);

/** Whoever ends a release wakes the next; this is for the case that nobody could. */
const lookAgain = '10 minutes';

/** Waits until no other release of the endpoint is in flight, or until this one is over without having begun. */
export async function takeTurn(input: ReleaseServingInput): Promise<Exclude<ReleaseTurn, { kind: 'wait' }>> {
  let woken = false;
  setHandler(recheckSignal, () => {
    woken = true;
  });
  for (;;) {
    woken = false;
    const turn = await takeReleaseTurn(input);
    for (const other of turn.wakes) await wake(other);
    if (turn.kind !== 'wait') return turn;
    await condition(() => woken, lookAgain);
  }
}
