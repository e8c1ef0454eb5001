import { z } from 'zod';
import { verdicts } from '../verdict.js';
import { configVersion, nameField } from './fields.js';

const testCase = z
  .strictObject({
    name: z.string().min(1).max(200).describe('What the case shows, in a sentence.'),
    facts: z
      .record(z.string(), z.json())
      .default({})
      .describe('Facts of this case, laid over those of the file. What is not given is missing.'),
    expect: z
      .strictObject({
        verdict: z.enum(verdicts).optional().describe('Of the whole policy, without its programs.'),
        rules: z
          .record(nameField, z.enum(verdicts))
          .default({})
          .describe('Verdict by rule; also ethics checks and least-isolation, by their names.'),
      })
      .describe('What must come out.'),
  })
  .describe('One set of facts with what the policy says of it.');

/** `policy-tests/<name>.yaml`, beside a `policy.yaml`. */
export const policyTestSchema = z
  .strictObject({
    version: configVersion,
    policy: z
      .string()
      .regex(/^[A-Za-z0-9][A-Za-z0-9._-]*\.yaml$/)
      .default('policy.yaml')
      .describe('File name of the policy, in the folder above.'),
    facts: z.record(z.string(), z.json()).default({}).describe('Facts of every case in this file.'),
    cases: z.array(testCase).min(1).max(200).describe('What is tried.'),
  })
  .describe('What a policy must say of known facts.');
export type PolicyTestConfig = z.infer<typeof policyTestSchema>;
export type PolicyTestCase = PolicyTestConfig['cases'][number];
