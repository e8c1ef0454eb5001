import { type WorkflowHandle, WorkflowNotFoundError } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { NativeConnection, Worker } from '@temporalio/worker';
import { createApprovalActivities } from '../../activities/approvals/approval-activities.js';
import { postNotice } from '../../activities/notices/post-notice.js';
import type { ApprovalRequest, ApprovalStage, AuthorSet } from '../../domain/approvals/approval.js';
import type { RequestApprovalInput } from '../../domain/lifecycle/request-approval.js';
import { queues } from '../../domain/names.js';
import type { ApprovalRecord } from '../../domain/ports/approvals.js';
import { workflowPatience } from '../../workers/workflow-patience.js';
import type { Stories } from '../../workflows/messages/stories.js';
import { testStack } from '../setup/stack.js';
import { workflowBundle } from '../setup/workflow-bundle.js';
import { installQuietRuntime } from '../workflows/quiet-runtime.js';
import type { GatewayRoom } from './gateway-room.js';
import { registerVersion } from './register-version.js';

export interface Opened {
  readonly approval: ApprovalRecord;
  /** `/api/v1/approvals/...` of it. */
  readonly path: string;
}

/** Approvals with a worker that counts: the real workflow and activities over the stores of a gateway. */
export interface VotingRoom {
  /** A new version of the project's model, and what people are asked about it. */
  open(project: string, changes?: OpenChanges): Promise<Opened>;
  /** Starts the workflow of one that was left unattended. */
  attend(opened: Opened): Promise<void>;
  /** From now on another policy is in force. */
  changePolicy(): void;
  /** From now on, or until null, votes cannot be judged for this reason. */
  stopJudging(reason: string | null): void;
  close(): Promise<void>;
}

interface OpenChanges {
  readonly stages?: readonly ApprovalStage[];
  readonly authorSet?: AuthorSet;
  /** Without the workflow, as where Temporal lost it. */
  readonly isUnattended?: boolean;
}

export const review: ApprovalStage = {
  name: 'review',
  role: 'reviewer',
  quorum: 2,
  veto: true,
  expireMs: 86_400_000,
  remindMs: null,
  escalate: null,
};

const nobody: AuthorSet = { authors: [], strangers: [], machineStarted: false };
const letters = '0123456789abcdef';

export async function openVotingRoom({ deps, ...room }: GatewayRoom): Promise<VotingRoom> {
  installQuietRuntime();
  const { temporal } = testStack().config;
  const connection = await NativeConnection.connect({ address: temporal.address });
  let policyDigest = 'a'.repeat(64);
  let trouble: string | null = null;
  const worker = await Worker.create({
    connection,
    namespace: temporal.namespace,
    taskQueue: queues.orchestrator,
    workflowBundle: await workflowBundle(),
    ...workflowPatience,
    activities: createApprovalActivities({
      ...deps,
      async tell(notice) {
        await postNotice({ ...deps, notifier: { tell: async () => undefined } }, notice);
      },
      async mergedPolicy() {
        if (trouble !== null) throw ApplicationFailure.nonRetryable(trouble, 'CONFIG_INVALID');
        return { digest: policyDigest, people: null };
      },
      changeDigests: async () => ({ policy: policyDigest }),
    }),
  });
  const working = worker.run();
  let versions = 0;
  const attend = async (approval: ApprovalRecord) => {
    await deps.client.workflow.start<Stories['requestApproval']>('requestApproval', {
      ...startOf(approval),
      workflowIdConflictPolicy: 'TERMINATE_EXISTING',
    });
  };
  return {
    attend: ({ approval }) => attend(approval),
    async open(project, { stages = [review], authorSet = nobody, isUnattended = false } = {}) {
      const letter = letters[versions % letters.length] ?? '0';
      versions += 1;
      const row = await registerVersion({ deps, ...room }, project, { letter, recall: versions / 20 });
      const subject = `delay@${row.version}`;
      const { datasetDigest } = await deps.registry.evaluation(row.evaluationId);
      const digests = { model: row.file.sha256, dataset: datasetDigest, policy: policyDigest };
      const asked = { project, kind: 'promotion', subject, round: 1, digests, stages, authorSet } as const;
      const request: ApprovalRequest = { ...asked, requestedBy: 'anna' };
      const approval = await deps.approvals.open(request);
      if (isUnattended) await end(deps.client.workflow.getHandle(approval.id));
      else await attend(approval);
      return { approval, path: `/api/v1/approvals/${project}/${subject}/1` };
    },
    changePolicy: () => {
      policyDigest = 'b'.repeat(64);
    },
    stopJudging: (reason) => {
      trouble = reason;
    },
    async close() {
      worker.shutdown();
      await working;
      await connection.close();
    },
  };
}

/** How the workflow of an approval is started. */
export function startOf({ id, project, subject, round, stages }: ApprovalRecord) {
  const args: [RequestApprovalInput] = [{ project, model: 'delay', subject, round, stages }];
  return { workflowId: id, taskQueue: queues.orchestrator, args } as const;
}

/** Another file of tests may have left one of the same name. */
async function end(handle: WorkflowHandle): Promise<void> {
  await handle.terminate('nobody is to wait').catch((error: unknown) => {
    if (!(error instanceof WorkflowNotFoundError)) throw error;
  });
}
