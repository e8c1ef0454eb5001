import { z } from 'zod';
import { configurationChecks } from '../supply/checks/configuration-checks.js';
import { isPinned } from '../supply/image-reference.js';
import { configVersion, durationField, isoDate, nameField } from './fields.js';
import { forms } from './forms.js';

const action = z.enum(['refuse', 'ask', 'allow']);

const vulnerabilityAction = z.enum(['refuse', 'refuse-fixable', 'ask', 'allow']);
export type VulnerabilityAction = z.infer<typeof vulnerabilityAction>;

const vulnerabilities = z
  .strictObject({
    critical: vulnerabilityAction.default('refuse').describe('Rated 9.0 or more.'),
    high: vulnerabilityAction.default('refuse-fixable').describe('Rated 7.0 to 8.9.'),
    medium: vulnerabilityAction.default('allow').describe('Rated 4.0 to 6.9.'),
    low: vulnerabilityAction.default('allow').describe('Rated below 4.0.'),
    unknown: vulnerabilityAction.default('ask').describe('Rated by nobody.'),
  })
  .describe(
    'What becomes of an image with a known vulnerability, by its severity. refuse-fixable refuses where a newer version has a fix, or nobody says. ask leaves it to a person: the verdict is inconclusive.',
  );

const checkNames = Object.keys(configurationChecks) as (keyof typeof configurationChecks)[];
const allowedByDefault: readonly string[] = ['no-health-check', 'privileged-port', 'declared-volume'];

const configuration = z
  .strictObject(
    Object.fromEntries(
      checkNames.map((name) => [
        name,
        action
          .default(allowedByDefault.includes(name) ? 'allow' : 'refuse')
          .describe(`Rated ${configurationChecks[name]}.`),
      ]),
    ) as Record<keyof typeof configurationChecks, z.ZodDefault<typeof action>>,
  )
  .describe('What becomes of an image with a fault in its configuration, by check.');

const baseWords = 'an image by digest, as name@sha256:<64 hex digits>; a tag can be moved to another image';
const base = z.string().refine(isPinned, baseWords).register(forms, { words: baseWords });

const exception = z
  .strictObject({
    id: z.string().min(1).max(200).describe('The advisory, by any of its names, or the name of a check.'),
    package: z.string().min(1).max(300).optional().describe('Only in this package.'),
    path: z
      .string()
      .min(1)
      .max(1000)
      .optional()
      .describe('Only in this file of the image, without a leading slash.'),
    owner: z.string().min(1).max(200).describe('Who answers for it.'),
    reason: z.string().min(10).max(2000).describe('Why it does no harm here.'),
    until: isoDate.describe('Last day, in UTC. After it, the exception counts for nothing.'),
  })
  .describe('A finding that may stay for a while.');
export type ScanException = z.infer<typeof exception>;

/** `image-policy.yaml`: what the scan of an image must come to. */
export const imagePolicySchema = z
  .strictObject({
    version: configVersion,
    vulnerabilities: vulnerabilities.default(vulnerabilities.parse({})),
    database: z
      .strictObject({
        oldest: durationField
          .default('7 days')
          .describe('An older vulnerability database leaves the verdict open.'),
      })
      .default({ oldest: '7 days' })
      .describe('The folder of advisories. Without one, the verdict is inconclusive.'),
    scanners: z
      .array(nameField)
      .max(10)
      .default(['ratchet'])
      .describe(
        'Scanners that must have looked: ratchet, or the tool of a SARIF or CycloneDX report. One that has not leaves the verdict open.',
      ),
    operatingSystem: z
      .enum(['required', 'optional'])
      .default('required')
      .describe(
        'Whether an image without a package database of its operating system leaves the verdict open.',
      ),
    secrets: action
      .default('refuse')
      .describe('What becomes of an image with a secret in any of its layers.'),
    configuration: configuration.default(configuration.parse({})),
    bases: z
      .array(base)
      .max(100)
      .default([])
      .describe('Images that may be built on, each by digest. Empty: any, as long as it is named by digest.'),
    exceptions: z
      .array(exception)
      .max(1000)
      .default([])
      .describe('What may stay, who answers for it, and how long.'),
  })
  .describe('What an image must be like to be deployed.');
export type ImagePolicy = z.infer<typeof imagePolicySchema>;
