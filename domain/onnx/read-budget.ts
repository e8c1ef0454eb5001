import { structureLimits } from './limits.js';
import { StructureError } from './structure-error.js';
import type { WireBudget } from './wire-reader.js';

type Counted = 'nodes' | 'tensors' | 'values' | 'names' | 'imports' | 'functions';

/** What is left to read of one file, so that a file cannot make a far larger tree in memory. */
export interface ReadBudget extends WireBudget {
  readonly left: Record<Counted, number>;
}

export function freshBudget(): ReadBudget {
  const { fields, nodes, tensors, values, names, imports, functions } = structureLimits;
  return { fieldsLeft: fields, left: { nodes, tensors, values, names, imports, functions } };
}

/**
 * Counts one more of a kind.
 * @throws StructureError with rule `<kind>-count` where there are too many.
 */
export function spend(budget: ReadBudget, kind: Counted): void {
  budget.left[kind] -= 1;
  if (budget.left[kind] >= 0) return;
  throw new StructureError(`${kind}-count`, `the model has more than ${structureLimits[kind]} ${kind}`);
}
