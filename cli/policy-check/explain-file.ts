import { basename, dirname, resolve } from 'node:path';
import type { PolicyConfig } from '../../domain/config/policy.js';
import { RatchetError } from '../../domain/errors/ratchet-error.js';
import { type GivenFacts, judgePolicy, overallVerdict } from '../../domain/policy/judge-policy.js';
import { mergePolicies } from '../../domain/policy/merge-policies.js';
import { parsePolicy } from '../../domain/policy/parse-policy.js';
import type { RuleResult } from '../../domain/policy/policy-verdict.js';
import type { Verdict } from '../../domain/verdict.js';
import { openModelFolder } from '../config-check/model-folder.js';
import { modelBeside } from './model-policies.js';

/** What a policy that is a file here says of stored facts. */
export interface ExplainedFile {
  /** Without the programs. */
  readonly verdict: Verdict;
  readonly rules: readonly RuleResult[];
  readonly programsNotRun: readonly string[];
}

/**
 * Asks a policy file about the facts of a version, beside the policy of the organisation, as a worker would. Programs
 * are not run. Errors: `CONFIG_MISSING`, `CONFIG_INVALID`.
 */
export async function explainFile(
  file: string,
  facts: GivenFacts,
  organisation: PolicyConfig | undefined,
): Promise<ExplainedFile> {
  const path = resolve(file);
  const folder = openModelFolder(dirname(path));
  const text = await folder.readText(basename(path));
  if (text === undefined) throw new RatchetError('CONFIG_MISSING', `there is no file ${file}`, { file });
  const model = await modelBeside(folder, '');
  const policy = mergePolicies(organisation, parsePolicy(text, file, model));
  const rules = [...judgePolicy(policy, facts, model)];
  const programsNotRun = policy.programs.map(({ name }) => name);
  return { verdict: overallVerdict(rules), rules, programsNotRun };
}
