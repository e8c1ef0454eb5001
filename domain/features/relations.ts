import { quoteIdentifier, sqlName } from './quote.js';

/** Schema of everything that SQL from a repository cannot name. */
export const innerSchema = 'ratchet';

const inner = (name: string) => `${innerSchema}.${quoteIdentifier(name)}`;

/** Every relation of a build. Cleaned tables stand in `main` under their own names, all else in the inner schema. */
export const relations = {
  table: (name: string) => `main.${quoteIdentifier(sqlName(name))}`,
  /** Typed rows of a table with the reason that sets a row aside, before duplicates are removed. */
  staged: (name: string) => inner(`staged_${sqlName(name)}`),
  ranked: (name: string) => inner(`ranked_${sqlName(name)}`),
  quarantine: inner('quarantine'),
  /** What the examples SQL says, as it stands. */
  rawExamples: inner('raw_examples'),
  shapedExamples: inner('shaped_examples'),
  rankedExamples: inner('ranked_examples'),
  /** One row an example, with its position. */
  examples: inner('examples'),
  /** What the `select` of a feature view says, as it stands, and with the types of the platform. */
  rawSource: (view: string) => inner(`raw_source_${sqlName(view)}`),
  source: (view: string) => inner(`source_${sqlName(view)}`),
  vectors: (view: string) => inner(`vectors_${sqlName(view)}`),
  /** Position, split and state of every example. */
  sorted: inner('sorted'),
  judged: inner('judged'),
  dataset: inner('dataset'),
  /** A stored dataset, the instants at which it is built again, the rows that are compared, and what came of them. */
  stored: inner('stored'),
  cuts: inner('cuts'),
  compared: inner('compared'),
  rebuilt: inner('rebuilt'),
  bruteForce: (view: string) => inner(`brute_force_${sqlName(view)}`),
  findings: inner('findings'),
} as const;

/** Position of an example in the order of prediction time and key, from 0. */
export const positionColumn = '__row';
