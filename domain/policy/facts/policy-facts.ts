import type { IsolationTier } from '../../ports/launcher.js';

/** A fact that is not there, and why. Whatever a rule does with it, the rule does not pass. */
export interface Missing {
  readonly missing: string;
}

export type Fact<T> = T | Missing;

/** A metric on some rows. `low` and `high` are the ends of its 95 % interval. */
export interface MetricFact {
  readonly value: number;
  readonly low: Fact<number>;
  readonly high: Fact<number>;
  /** What was counted: rows, or for a proportion its denominator. */
  readonly n: number;
}

export type MetricFacts = Readonly<Record<string, Fact<MetricFact>>>;
export type SplitFacts = Readonly<Record<'train' | 'validation' | 'test', MetricFacts>>;

/** The test rows of one value in one column. */
export interface SliceFact {
  readonly column: string;
  readonly value: string;
  readonly rows: number;
  readonly metrics: MetricFacts;
}

/** One metric between the slices of a column that have enough rows. Which end is worse, the metric decides. */
export interface GapFact {
  readonly worst: number;
  readonly best: number;
  /** 0..1: the smaller of both divided by the larger. */
  readonly ratio: Fact<number>;
  /** The distance between both, never negative. */
  readonly gap: number;
  readonly worstSlice: string;
  readonly bestSlice: string;
  readonly judged: number;
  readonly tooFew: number;
  /** What was counted in the worst slice. */
  readonly n: number;
}

/** How far a column of the training rows is from that of the champion. */
export interface DriftFact {
  /** KS distance, of numbers. */
  readonly ks: Fact<number>;
  /** Cramer's V, of text. */
  readonly cramersV: Fact<number>;
  /** Probability under no difference, adjusted over all columns. */
  readonly pAdjusted: Fact<number>;
  /** Population stability index over bins that the champion's rows froze. */
  readonly psi: Fact<number>;
  /** Whether it is both certain and large enough to matter. */
  readonly drifted: Fact<boolean>;
  readonly n: number;
}

/** How much an input says about a column that the model must not read. */
export interface AssociationFact {
  readonly input: string;
  readonly column: string;
  readonly value: Fact<number>;
  readonly measure: string;
  readonly n: number;
}

/** Everything that a policy may ask about a model version. Plain JSON, stored beside the verdict. */
export interface PolicyFacts {
  readonly metrics: SplitFacts;
  /** The same metrics of a constant answer. */
  readonly baseline: SplitFacts;
  readonly slices: Fact<readonly SliceFact[]>;
  /** By column, then by metric. */
  readonly gaps: Fact<Readonly<Record<string, Readonly<Record<string, Fact<GapFact>>>>>>;
  /** The version that is live, judged on the candidate's test rows, which neither was trained on. */
  readonly champion: Fact<{ readonly version: number; readonly metrics: Fact<MetricFacts> }>;
  readonly dataset: {
    readonly name: string;
    readonly version: number;
    readonly rows: Readonly<Record<'train' | 'validation' | 'test' | 'all', number>>;
    /** Hours from the newest row to the start of the run. */
    readonly ageHours: Fact<number>;
    /** Rows set aside, and the largest share of a table (or of the examples) that was. */
    readonly quarantine: { readonly rows: number; readonly share: number };
  };
  /** Training rows against those of the champion. */
  readonly drift: Fact<{
    readonly columns: Readonly<Record<string, Fact<DriftFact>>>;
    readonly worst: { readonly ks: Fact<number>; readonly psi: Fact<number> };
    /** Inputs that drifted; missing where none could be judged. */
    readonly drifted: Fact<number>;
    /** Inputs with too few rows, of another type, or that the champion's dataset does not have. */
    readonly unjudged: number;
    /** Inputs that both datasets have, in one type. */
    readonly compared: number;
  }>;
  readonly model: {
    readonly algorithm: string;
    readonly task: string;
    readonly bytes: number;
    readonly inputs: readonly string[];
  };
  readonly purpose: {
    readonly intendedUse: string;
    readonly prohibitedUses: readonly string[];
    readonly affectedGroups: readonly string[];
    readonly sensitiveColumns: readonly string[];
  };
  /** Digests in hexadecimal. */
  readonly lineage: Readonly<
    Record<'commit' | 'configuration' | 'environment' | 'dataset' | 'model', string>
  >;
  readonly history: {
    readonly version: number;
    /** How often this model line looked at this test split. */
    readonly testLooks: number;
  };
  /** `rank`: container 3, namespace 2, uid 1, none 0. */
  readonly isolation: { readonly tier: IsolationTier; readonly rank: number };
  readonly associations: Fact<readonly AssociationFact[]>;
}

export function isMissing(value: unknown): value is Missing {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.keys(value).length === 1 &&
    'missing' in value &&
    typeof value.missing === 'string'
  );
}
