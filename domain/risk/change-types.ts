/** From the one that worries least. */
export const riskLevels = ['low', 'medium', 'high'] as const;
export type RiskLevel = (typeof riskLevels)[number];

/**
 * Kinds of change with their baseline risk: nine of the reference design, and one for what is none of them. A changed
 * Dockerfile, lock file and the like is of serving; what training installs changes the model, as a hyper-parameter does.
 */
export const changeTypes = {
  'serving-bug-fix': { risk: 'low', about: 'a minor change of serving code' },
  'serving-libraries': { risk: 'low', about: 'other versions of libraries of the serving code' },
  'base-image': { risk: 'low', about: 'another base image below the serving code' },
  'serving-feature': { risk: 'medium', about: 'serving code that does something new' },
  'serving-api': { risk: 'medium', about: 'another interface for those who call it' },
  'minor-dataset': { risk: 'low', about: 'newer rows, or a few others' },
  'major-dataset': { risk: 'medium', about: 'rows of another shape, with other labels, or many others' },
  hyperparameters: {
    risk: 'medium',
    about: 'other hyper-parameters, or another environment of the training',
  },
  architecture: { risk: 'high', about: 'another kind of model, or another architecture' },
  unrecognised: { risk: 'medium', about: 'a change of no kind that is known' },
} as const satisfies Record<string, { readonly risk: RiskLevel; readonly about: string }>;
export type ChangeType = keyof typeof changeTypes;

/** One reason to say that a change is of a type. */
export interface ChangeSign {
  readonly type: ChangeType;
  /** In words: `training.algorithm is another one`. */
  readonly because: string;
}

export function higherRisk(first: RiskLevel, second: RiskLevel): RiskLevel {
  return riskLevels.indexOf(first) >= riskLevels.indexOf(second) ? first : second;
}
