/** The step a person sees for each activity that works for a run. The only list of step names. */
export const stepNames = {
  prepareRun: 'prepare',
  awaitDataset: 'dataset',
  collectTables: 'collect',
  buildDataset: 'build',
  proveDataset: 'prove',
  publishDataset: 'publish',
  trainCandidate: 'train',
  evaluateCandidate: 'evaluate',
  registerCandidate: 'register',
  judgeVersion: 'policy',
} as const satisfies Record<string, string>;

export function stepNameOf(activityType: string): string | undefined {
  return Object.hasOwn(stepNames, activityType)
    ? stepNames[activityType as keyof typeof stepNames]
    : undefined;
}

/** What every activity of a run is given. */
export interface StepInput {
  readonly runId: string;
  /** 0 at first, one more with every resume. */
  readonly round: number;
}

export function isStepInput(value: unknown): value is StepInput {
  return typeof value === 'object' && value !== null && 'runId' in value && 'round' in value;
}
