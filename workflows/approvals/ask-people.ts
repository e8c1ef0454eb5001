import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import { executeChild, proxyActivities, sleep } from '@temporalio/workflow';
import type { ApprovalActivities } from '../../activities/approvals/approval-activities.js';
import type { ApprovalRequest } from '../../domain/approvals/approval.js';
import type { ApprovalEnd } from '../../domain/lifecycle/request-approval.js';
import { searchAttributes } from '../../domain/names.js';
import { runSearchKeys } from '../messages/search-keys.js';
import { controlOptions } from '../options.js';
import { requestApproval } from '../request-approval.js';

const { readApproval } = proxyActivities<ApprovalActivities>(controlOptions);

/** An approval whose row is there. */
interface Asking {
  readonly approval: string;
  readonly request: Pick<ApprovalRequest, 'project' | 'subject' | 'round' | 'stages'>;
}

/**
 * The end of an approval: of one that is asked here, or of the one that runs already under its id. `model` is null for
 * a change of the project.
 */
export async function askPeople(model: string | null, { approval, request }: Asking): Promise<ApprovalEnd> {
  const { project, subject, round, stages } = request;
  try {
    return await executeChild(requestApproval, {
      workflowId: approval,
      workflowIdReusePolicy: 'ALLOW_DUPLICATE',
      parentClosePolicy: 'REQUEST_CANCEL',
      cancellationType: 'WAIT_CANCELLATION_COMPLETED',
      staticSummary: `approval of ${subject}`,
      typedSearchAttributes: [
        { key: runSearchKeys[searchAttributes.project], value: project },
        ...(model === null ? [] : [{ key: runSearchKeys[searchAttributes.model], value: model }]),
      ],
      args: [{ project, model, subject, round, stages }],
    });
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
  for (;;) {
    const end = await readApproval({ approval });
    if (end !== null) return end;
    await sleep('10 minutes');
  }
}
