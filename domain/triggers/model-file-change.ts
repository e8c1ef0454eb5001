import { canonicalText } from '../canonical-text.js';
import type { ModelConfig } from '../config/model.js';

/** Whether a model is made otherwise: two of its files that differ in `triggers`, `serving`, `monitoring`,
 * `value` or `description` alone make the same one. */
export function isMadeOtherwise(before: ModelConfig, after: ModelConfig): boolean {
  return makingOf(before) !== makingOf(after);
}

function makingOf({
  triggers: _,
  serving: __,
  monitoring: ___,
  description: ____,
  value: _____,
  ...making
}: ModelConfig): string {
  return canonicalText(making);
}
