/** Task queues, by the resource they stand for. */
export const queues = {
  orchestrator: 'orchestrator',
  cpu: 'cpu',
  gpu: 'gpu',
  serving: 'serving',
  engine: 'engine',
} as const;
export type Queue = (typeof queues)[keyof typeof queues];

/** Workflow ids are business keys: the server forbids a second one of the same key. */
export const workflowIds = {
  trainModel: (project: string, model: string, runId: string) => `train/${project}/${model}/${runId}`,
  ingestDataset: (project: string, dataset: string, fingerprint: string) =>
    `dataset/${project}/${dataset}/${fingerprint}`,
  /** Before its file is read, a project is known by its repository. */
  applyRepository: (repo: string) => `apply/${repo}`,
  /** One change of members, roles, sources and policies. */
  changeProject: (project: string, subject: string, round: number) =>
    `change/${project}/${subject.replace(/^change@/, '')}/${round}`,
  /** Looking at the same ref twice at once is one look. */
  planProject: (project: string, ref: string | null) => `plan/${project}/${ref ?? 'tracked'}`,
  rebuildDataset: (project: string, dataset: string, version: number) =>
    `dataset/${project}/${dataset}/rebuild-${version}`,
  promoteModel: (project: string, model: string, version: number) => `promote/${project}/${model}/${version}`,
  requestApproval: (project: string, subject: string, round: number) =>
    `approval/${project}/${subject}/${round}`,
  releaseServing: (project: string, endpoint: string, releaseId: string) =>
    `release/${project}/${endpoint}/${releaseId}`,
  watchEndpoint: (project: string, endpoint: string) => `watch/${project}/${endpoint}`,
  /** What is asked of the engine agent twice at once is done once. */
  askEngine: (verb: string, key: string) => `engine/${verb}/${key}`,
  /** Looking at the same endpoint twice at once is one look. */
  lookAtEndpoint: (project: string, endpoint: string, what: 'state' | 'log') =>
    `endpoint/${project}/${endpoint}/${what}`,
  /** The same span asked for twice at once is replayed once. */
  replayAnswers: (project: string, endpoint: string, from: string, to: string) =>
    `replay/${project}/${endpoint}/${from}/${to}`,
  tagDataset: (project: string, dataset: string, tag: string) => `dataset/${project}/${dataset}/tag-${tag}`,
  /** The line of a model: what starts its runs. */
  handleTriggers: (project: string, model: string) => `model/${project}/${model}`,
  handleDeliveries: () => 'inbox/gateway',
  reconcileRefs: (project: string) => `refs/${project}`,
  fireSchedule: (project: string, model: string, name: string) => `schedule/${project}/${model}/${name}`,
  watchSource: (project: string, model: string, name: string) => `source/${project}/${model}/${name}`,
  platform: (
    name:
      | 'reconcile-runs'
      | 'sweep-blobs'
      | 'forget-deliveries'
      | 'checkpoint-audit'
      | 'maintain-partitions'
      | 'deliver-notifications'
      | 'reconcile-endpoints'
      | 'watch-images',
  ) => `platform/${name}`,
} as const;

/** Search attributes, all Keyword. Registered by the orchestrator at start. */
export const searchAttributes = {
  project: 'RatchetProject',
  model: 'RatchetModel',
  runId: 'RatchetRun',
} as const;

/** Statuses of a run. */
export const runStatuses = ['running', 'waiting', 'succeeded', 'refused', 'failed', 'cancelled'] as const;
export type RunStatus = (typeof runStatuses)[number];

/** Statuses of a step: those of a run, and two of its own. */
export const stepStatuses = [...runStatuses, 'skipped', 'reused'] as const;
export type StepStatus = (typeof stepStatuses)[number];

/** What may start a run. */
export const causeKinds = [
  'push',
  'schedule',
  'new-data',
  'monitoring',
  'event',
  'promotion',
  'manual',
] as const;
export type CauseKind = (typeof causeKinds)[number];

/** Names that people choose for projects, models, datasets, sources, feature views: lower case, digits, single dashes inside, at most 63 characters. */
export const namePattern = /^[a-z](?:[a-z0-9]|-(?=[a-z0-9])){0,62}$/;
