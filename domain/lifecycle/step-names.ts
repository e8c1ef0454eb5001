/** The step a person sees for each activity that works for a run or a release. The only list of step names. */
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
  freezeReference: 'reference',
  judgeVersion: 'policy',
  prepareRelease: 'prepare',
  testApplication: 'test',
  checkContract: 'contract',
  buildImage: 'image',
  scanImage: 'scan',
  deployRevision: 'deploy',
  verifyRevision: 'verify',
  recordRevision: 'record',
} as const satisfies Record<string, string>;

export function stepNameOf(activityType: string): string | undefined {
  return Object.hasOwn(stepNames, activityType)
    ? stepNames[activityType as keyof typeof stepNames]
    : undefined;
}

/** For whom an activity works. */
export interface StepOwner {
  readonly kind: 'run' | 'release';
  /** Of the run or the release. */
  readonly id: string;
  /** 0 at first, one more with every resume. */
  readonly round: number;
}

/** For whom an activity works that is given this; undefined for one that has no steps to show. */
export function stepOwnerOf(given: unknown): StepOwner | undefined {
  if (typeof given !== 'object' || given === null || !('round' in given)) return undefined;
  const round = Number(given.round);
  if ('runId' in given) return { kind: 'run', id: String(given.runId), round };
  if ('releaseId' in given) return { kind: 'release', id: String(given.releaseId), round };
  return undefined;
}
