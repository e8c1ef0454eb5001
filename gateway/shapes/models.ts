import { z } from '@hono/zod-openapi';
import { modelStages } from '../../domain/ports/champions.js';
import { jsonObject } from '../http/json.js';

const tensor = z.object({ name: z.string(), type: z.string(), shape: z.array(z.number()) });

export const modelVersionSchema = z
  .object({
    project: z.string(),
    model: z.string(),
    version: z.int(),
    alias: z.string().nullable(),
    algorithm: z.string(),
    runId: z.string(),
    commit: z.string(),
    dataset: z.object({ name: z.string(), version: z.int() }),
    features: z.array(z.object({ name: z.string(), version: z.int() })),
    digest: z.string().describe('SHA-256 of the model file.'),
    bytes: z.number(),
    configurationDigest: z.string(),
    environmentDigest: z.string(),
    isolationTier: z.string(),
    metrics: z.record(z.string(), z.number()).describe('On the test split.'),
    createdAt: z.string(),
  })
  .openapi('ModelVersion');

export const modelDetailSchema = modelVersionSchema
  .extend({
    stage: z.enum(modelStages).describe('Where it stands.'),
    interface: z.object({ inputs: z.array(tensor), outputs: z.array(tensor) }),
    card: jsonObject.describe('The model card as data.'),
    cardMarkdown: z.string(),
  })
  .openapi('ModelDetail');

export const chartSchema = z
  .object({ name: z.string(), svg: z.string(), table: z.string() })
  .openapi('Chart');

export const evaluationSchema = z
  .object({
    evaluation: jsonObject,
    gates: z.array(jsonObject),
    charts: z.array(chartSchema),
    testLooks: z.number(),
  })
  .openapi('EvaluationReport');

export const featureViewSchema = z
  .object({
    project: z.string(),
    name: z.string(),
    version: z.int(),
    digest: z.string(),
    kind: z.string(),
    entity: z.array(z.string()),
    columns: z.array(z.string()),
    commit: z.string(),
    createdAt: z.string(),
  })
  .openapi('FeatureView');

export const featureDetailSchema = featureViewSchema
  .extend({
    definition: jsonObject,
    vectors: z.array(
      z.object({
        key: z.string(),
        version: z.int(),
        rows: z.number(),
        bytes: z.number(),
        runId: z.string().nullable().describe('The run that computed them.'),
        createdAt: z.string(),
      }),
    ),
    usedBy: z.array(z.object({ dataset: z.string(), version: z.int(), viewVersion: z.int() })),
  })
  .openapi('FeatureDetail');

export const workerSchema = z
  .object({
    queue: z.string(),
    identity: z.string(),
    host: z.string().nullable(),
    pid: z.number().nullable(),
    slots: z.object({ used: z.number(), free: z.number() }).nullable(),
    lastSeen: z.string(),
    alive: z.boolean(),
  })
  .openapi('Worker');
