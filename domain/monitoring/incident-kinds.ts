/** What an incident is about, and so who can act. */
export const incidentKinds = [
  'data-skew',
  'training-serving-skew',
  'harmful-drift',
  'concept-drift',
  'prior-shift',
  'covariate-drift',
  'unexplained-loss',
] as const;
export type IncidentKind = (typeof incidentKinds)[number];

export type IncidentRoute = 'data-engineer' | 'data-scientist' | 'retrain' | 'record';

/** What follows from a kind. */
export interface IncidentCourse {
  readonly routes: readonly IncidentRoute[];
  /** Whether the watch asks for no run while it is open: what would be learned is wrong. */
  readonly blocksRetraining: boolean;
  readonly words: string;
}

/** One row a kind: the whole of the routing. */
export const incidentCourses: Readonly<Record<IncidentKind, IncidentCourse>> = {
  'data-skew': {
    routes: ['data-engineer'],
    blocksRetraining: true,
    words: 'the data that came is not the data that was agreed on',
  },
  'training-serving-skew': {
    routes: ['data-engineer', 'data-scientist'],
    blocksRetraining: true,
    words: 'what is served differs from what was trained on, from the first window on',
  },
  'harmful-drift': {
    routes: ['retrain'],
    blocksRetraining: false,
    words: 'the inputs have moved, and the answers are worse for it',
  },
  'concept-drift': {
    routes: ['retrain'],
    blocksRetraining: false,
    words: 'the inputs are what they were, and the answers are wrong more often',
  },
  'prior-shift': {
    routes: ['retrain'],
    blocksRetraining: false,
    words: 'outcomes have another share than before, and look the same within each',
  },
  'covariate-drift': {
    routes: ['record'],
    blocksRetraining: false,
    words: 'the inputs have moved, and nothing says that the answers are worse',
  },
  'unexplained-loss': {
    routes: ['data-scientist'],
    blocksRetraining: false,
    words: 'the answers are worse, and nothing that is watched says why',
  },
};
