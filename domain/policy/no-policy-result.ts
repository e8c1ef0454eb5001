import type { RuleResult } from './policy-verdict.js';

/** What is said where no policy is in force: everybody can see that nothing was asked. */
export const noPolicyResult: RuleResult = {
  name: 'no-policy',
  kind: 'rule',
  origin: 'model',
  severity: 'block',
  verdict: 'pass',
  text: 'no policy is in force for this model, and none of the organisation: nothing was asked',
  expression: null,
  actual: null,
  limit: null,
  distance: null,
  n: null,
};
