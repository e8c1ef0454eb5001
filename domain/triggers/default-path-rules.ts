import type { PathEffect } from '../config/tracking.js';

/** What a changed file leads to where no rule of the project says it. */
export interface DefaultPathRule {
  /** Relative to the root of the repository, and to the folder of each model. */
  readonly paths: readonly string[];
  readonly effect: PathEffect;
  readonly because: string;
}

/** The file that says all the rest. It always counts: what it says wrongly must be mendable by a push. */
export const projectFile = 'ratchet.project.yaml';

/**
 * In order, the first that a file meets decides. Before them come the rules of the project; a part that a model names
 * and that lies in such a folder trains it all the same; what meets none of them trains the models that are made of it.
 */
export const defaultPathRules: readonly DefaultPathRule[] = [
  { paths: ['**/*.md', 'docs/**'], effect: 'nothing', because: 'it is documentation' },
  { paths: ['**/*.ipynb', 'notebooks/**'], effect: 'nothing', because: 'it is a notebook' },
  { paths: ['experiments/**'], effect: 'nothing', because: 'it is an experiment' },
  { paths: ['policy*.yaml', 'policy-tests/**'], effect: 'apply', because: 'it is a policy' },
  { paths: ['monitoring*.yaml', 'monitoring/**'], effect: 'apply', because: 'it is monitoring' },
  { paths: ['serving/**'], effect: 'serving', because: 'it is serving code' },
];

/** Files that are applied whatever else they lead to, unless a rule says that they lead to nothing. */
export const appliedFiles = [
  projectFile,
  '**/ratchet.yaml',
  'tables/*.yaml',
  'features/*.yaml',
  '**/policy*.yaml',
] as const;
