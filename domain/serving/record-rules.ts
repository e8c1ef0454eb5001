import type { ModelConfig } from '../config/model.js';
import type { RecordConfig } from '../config/record.js';

/** What a host keeps of requests, resolved: nothing is looked up to follow it. */
export interface RecordRules {
  /** Inputs of which a digest is kept. */
  readonly mask: readonly string[];
  /** Inputs that are not kept. */
  readonly drop: readonly string[];
  /** All inputs in the order in which the model was trained: the places of a wide one. */
  readonly columns: readonly string[];
  /** Above 0, at most 1. */
  readonly sample: number;
  /** `secret://<name>` of the key of digests; null where nothing is masked. */
  readonly key: string | null;
}

type Declared = {
  readonly record: RecordConfig;
  readonly purpose: Pick<ModelConfig['purpose'], 'sensitiveColumns'>;
  readonly evaluation: Pick<ModelConfig['evaluation'], 'inputs'>;
};

/**
 * The rules of a model: sensitive inputs are masked where there is a key, else dropped, unless the file says otherwise.
 * Null where all is kept as it comes.
 */
export function recordRules({ record, purpose, evaluation }: Declared): RecordRules | null {
  const { mask, drop, plain, sample, key = null } = record;
  const said = new Set([...mask, ...drop, ...plain]);
  const sensitive = purpose.sensitiveColumns.filter(
    (column) => evaluation.inputs.includes(column) && !said.has(column),
  );
  const [masked, dropped] = key === null ? [mask, [...drop, ...sensitive]] : [[...mask, ...sensitive], drop];
  if (masked.length === 0 && dropped.length === 0 && sample === 1) return null;
  const columns = evaluation.inputs;
  return { mask: masked, drop: dropped, columns, sample, key: masked.length === 0 ? null : key };
}

/** Inputs whose values are not recorded as they came. */
export function hiddenColumns(declared: Declared): ReadonlySet<string> {
  const rules = recordRules(declared);
  return new Set(rules === null ? [] : [...rules.mask, ...rules.drop]);
}

/** The rules as settings of a host, but for the key. */
export function recordSettings(rules: RecordRules | undefined): Record<string, string> {
  if (rules === undefined) return {};
  return {
    RATCHET_SERVING_RECORD_MASK: rules.mask.join(','),
    RATCHET_SERVING_RECORD_DROP: rules.drop.join(','),
    RATCHET_SERVING_RECORD_COLUMNS: rules.columns.join(','),
    RATCHET_SERVING_RECORD_SAMPLE: String(rules.sample),
  };
}
