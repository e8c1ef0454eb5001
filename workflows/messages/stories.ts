import type { ApplyProjectInput, ApplyProjectResult } from '../../domain/lifecycle/apply-project.js';
import type { EndpointLook, LookAtEndpointInput } from '../../domain/lifecycle/look-at-endpoint.js';
import type { PromoteModelInput, PromoteModelResult } from '../../domain/lifecycle/promote-model.js';
import type { RebuildDatasetInput, RebuildDatasetResult } from '../../domain/lifecycle/rebuild-dataset.js';
import type { ReleaseServingInput, ReleaseServingResult } from '../../domain/lifecycle/release-serving.js';
import type { ReplayAnswersInput, ReplayedAnswers } from '../../domain/lifecycle/replay-answers.js';
import type { ApprovalEnd, RequestApprovalInput } from '../../domain/lifecycle/request-approval.js';
import type { TagDatasetInput, TagDatasetResult } from '../../domain/lifecycle/tag-dataset.js';
import type { TrainModelInput, TrainModelResult } from '../../domain/lifecycle/train-model.js';
import type { PlanProjectInput, ProjectPlan } from '../../domain/plans/project-plan.js';

/** The stories that a client may start, by name, with what goes in and what comes out. */
export interface Stories {
  readonly trainModel: (input: TrainModelInput) => Promise<TrainModelResult>;
  readonly applyProject: (input: ApplyProjectInput) => Promise<ApplyProjectResult>;
  readonly planProject: (input: PlanProjectInput) => Promise<ProjectPlan>;
  readonly promoteModel: (input: PromoteModelInput) => Promise<PromoteModelResult>;
  readonly lookAtEndpoint: (input: LookAtEndpointInput) => Promise<EndpointLook>;
  readonly releaseServing: (input: ReleaseServingInput) => Promise<ReleaseServingResult>;
  readonly requestApproval: (input: RequestApprovalInput) => Promise<ApprovalEnd>;
  readonly rebuildDataset: (input: RebuildDatasetInput) => Promise<RebuildDatasetResult>;
  readonly replayAnswers: (input: ReplayAnswersInput) => Promise<ReplayedAnswers>;
  readonly tagDataset: (input: TagDatasetInput) => Promise<TagDatasetResult>;
}
