import type { Evaluation } from '../metrics/evaluation.js';
import type { ModelInterface } from '../ports/models.js';
import type { Verdict } from '../verdict.js';

/** A gate's answer, for the run page and the model card. */
export interface GateResult {
  readonly gate: 'structure' | 'interface' | 'parity';
  readonly verdict: Verdict;
  readonly text: string;
}

/** A picture of an evaluation. */
export interface NamedChart {
  readonly name: string;
  readonly svg: string;
  /** The same numbers as an HTML table. */
  readonly table: string;
}

/** All that the platform found out about one model file on one dataset version. Stored as one object. */
export interface EvaluationReport {
  readonly modelDigest: string;
  readonly datasetDigest: string;
  readonly interface: ModelInterface;
  readonly evaluation: Evaluation;
  readonly gates: readonly GateResult[];
  readonly charts: readonly NamedChart[];
  /** How often this model line has looked at this test split, this time included. */
  readonly testLooks: number;
}
