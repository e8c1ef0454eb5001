import { parseConfig } from '../config/parse.js';
import { type PolicyConfig, policySchema } from '../config/policy.js';
import { checkPolicy } from './check-policy.js';
import type { KnownModel } from './facts/fact-types.js';

/**
 * Reads a `policy.yaml` with all that can be said about it alone; its rules are held against the metrics and columns of
 * the model, where its configuration is given. Error: `CONFIG_INVALID`.
 */
export function parsePolicy(text: string, file: string, model?: KnownModel): PolicyConfig {
  return parseConfig(policySchema, text, file, (policy) => checkPolicy(policy, model));
}
