import type { ModelConfig } from '../config/model.js';
import type { MonitoringConfig } from '../config/monitoring.js';
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
  /** `secret://<name>` of the token of each source of truth that must show one, by its name; left out where none must. */
  readonly tokens?: Readonly<Record<string, string>>;
}

type Declared = {
  readonly record: RecordConfig;
  /** Who tells what turned out to be true. */
  readonly sources?: MonitoringConfig['truth']['sources'];
  readonly purpose: Pick<ModelConfig['purpose'], 'sensitiveColumns'>;
  readonly evaluation: Pick<ModelConfig['evaluation'], 'inputs'>;
};

/**
 * The rules of a model: sensitive inputs are masked where there is a key, else dropped, unless the file says otherwise.
 * Null where all is kept as it comes.
 */
export function recordRules({ record, sources = {}, purpose, evaluation }: Declared): RecordRules | null {
  const { mask, drop, plain, sample, key = null } = record;
  const tokens = tokensOf(sources);
  const said = new Set([...mask, ...drop, ...plain]);
  const sensitive = purpose.sensitiveColumns.filter(
    (column) => evaluation.inputs.includes(column) && !said.has(column),
  );
  const [masked, dropped] = key === null ? [mask, [...drop, ...sensitive]] : [[...mask, ...sensitive], drop];
  const isPlain = masked.length === 0 && dropped.length === 0 && sample === 1;
  if (isPlain && tokens === undefined) return null;
  const columns = evaluation.inputs;
  const rules = { mask: masked, drop: dropped, columns, sample, key: masked.length === 0 ? null : key };
  return tokens === undefined ? rules : { ...rules, tokens };
}

function tokensOf(sources: NonNullable<Declared['sources']>): RecordRules['tokens'] {
  const told = Object.entries(sources).flatMap(([name, { token }]) =>
    token === undefined ? [] : [[name, token] as const],
  );
  return told.length === 0 ? undefined : Object.fromEntries(told);
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
