import { z } from 'zod';
import { targetKinds } from '../ports/deployment-target.js';
import { durationField, environmentName, nameField, repositoryPath, secretReference } from './fields.js';

const application = z
  .strictObject({
    path: repositoryPath.describe('Folder with the application: package.json, source, its own tests.'),
    repository: z
      .string()
      .min(1)
      .max(500)
      .optional()
      .describe('Git address, where it is not the repository of this file.'),
    ref: z.string().min(1).max(200).optional().describe('Branch of that repository. Default: main.'),
  })
  .describe('Serving code around the model. Default: the stock application, which serves its interface.');

const resources = z
  .strictObject({
    cpus: z.number().positive().max(256).default(1).describe('Cores of a replica.'),
    memoryMiB: z.int().min(128).default(1024).describe('Most memory of a replica.'),
  })
  .describe('What one replica may use.');

const limits = z
  .strictObject({
    timeoutMs: z.int().min(1).max(3_600_000).default(10_000).describe('Longest time to an answer.'),
    mostBatchRows: z.int().min(1).default(256).describe('Rows that are run together at most.'),
    mostQueuedRows: z.int().min(1).default(20_000).describe('Rows that may wait; more is refused.'),
    mostBodyMiB: z.int().min(1).max(1024).default(64).describe('Longest body of a request.'),
  })
  .describe('Limits of requests.');

const health = z
  .strictObject({
    readyWithin: durationField
      .default('60 seconds')
      .describe('How long a new revision may take to be ready.'),
    drain: durationField
      .default('10 seconds')
      .describe('How long the revision before may finish its requests.'),
  })
  .describe('When a revision is well.');

/** One endpoint under `serving` of a ratchet.yaml. */
export const endpointSchema = z
  .strictObject({
    application: application.optional(),
    alias: z.enum(['champion']).default('champion').describe('Alias of the model that it follows.'),
    target: z.enum(targetKinds).default('process').describe('Where it runs.'),
    replicas: z.int().min(1).max(32).default(1).describe('How many of it answer.'),
    resources: resources.prefault({}),
    limits: limits.prefault({}),
    health: health.prefault({}),
    environment: z
      .record(environmentName, z.union([secretReference, z.string().max(4000)]))
      .default({})
      .describe('What the application finds in its environment: values, or secret://<name>.'),
    image: z
      .enum(['where-possible', 'required'])
      .default('where-possible')
      .describe('Whether a release without a built and scanned image is refused.'),
  })
  .describe('An endpoint that answers with the model.');
export type EndpointConfig = z.infer<typeof endpointSchema>;

/** `serving` of a ratchet.yaml: endpoints by name. */
export const servingSchema = z
  .record(nameField, endpointSchema)
  .refine((endpoints) => Object.keys(endpoints).length <= 10, 'at most 10 endpoints')
  .describe('Endpoints that answer with the model, by name.');
