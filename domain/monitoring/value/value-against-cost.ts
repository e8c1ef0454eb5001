import type { ValueConfig } from '../../config/value.js';
import type { ServedTime } from '../../ports/endpoints.js';
import type { StepTime } from '../../ports/runs.js';
import type { ValueOverWindows } from './value-over-windows.js';

export interface MinutesAndCost {
  readonly minutes: number;
  readonly cost: number;
}

export interface ValueAgainstCost extends ValueOverWindows {
  /** Of all runs of the model that began in the span, also those that failed. */
  readonly training: MinutesAndCost & { readonly runs: number };
  /** Null where rows were answered and nothing was there by the clock: their times are not those of the clock. */
  readonly serving: MinutesAndCost | null;
  /** Null where a part of it cannot be told. */
  readonly cost: number | null;
  /** What is known to have been earned, less all that was spent; null where either cannot be told. */
  readonly net: number | null;
}

const minuteMs = 60_000;

/** Lays what answers were worth beside what the same span of time cost. */
export function valueAgainstCost(
  value: ValueOverWindows,
  { trainingMinute, servingMinute }: ValueConfig['costs'],
  metered: { readonly training: StepTime; readonly serving: ServedTime },
): ValueAgainstCost {
  const { runs, ms } = metered.training;
  const training = { runs, ...costOf(ms, trainingMinute) };
  const isOfAnotherClock = metered.serving.revisions === 0 && value.rows.answered > 0;
  const serving = isOfAnotherClock ? null : costOf(metered.serving.replicaMs, servingMinute);
  const cost = serving === null ? null : training.cost + serving.cost;
  const net = cost === null || value.value === null ? null : value.value.sum - cost;
  return { ...value, training, serving, cost, net };
}

function costOf(ms: number, perMinute: number): MinutesAndCost {
  const minutes = ms / minuteMs;
  return { minutes, cost: minutes * perMinute };
}
