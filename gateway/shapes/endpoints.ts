import { z } from '@hono/zod-openapi';
import { targetKinds } from '../../domain/ports/deployment-target.js';
import { verdicts } from '../../domain/verdict.js';
import { jsonObject } from '../http/json.js';

const instant = z.string().describe('ISO-8601, UTC.');

const addresses = z
  .object({
    http: z.string().describe('`http://<host>:<port>`.'),
    grpc: z.string().describe('`<host>:<port>`.'),
    metrics: z.string(),
  })
  .describe('Where it answers; the same over revisions.');

const revisionFields = {
  revision: z.string().describe('Id of its release.'),
  ordinal: z.int(),
  from: instant,
  until: instant.nullable().describe('Null while it answers.'),
  modelVersion: z.int(),
  modelDigest: z.string().describe('SHA-256 of the ONNX file.'),
  applicationCommit: z.string().nullable().describe('Of the serving code; null for the stock application.'),
  imageDigest: z.string().nullable().describe('Null where it runs without an image.'),
  replicas: z.int(),
};

export const revisionSchema = z.object(revisionFields).openapi('Revision');

export const endpointSchema = z
  .object({
    project: z.string(),
    endpoint: z.string(),
    model: z.string(),
    target: z.enum(targetKinds),
    commit: z.string().describe('That declared it so.'),
    config: jsonObject.describe('As the ratchet.yaml of the model declares it, with defaults filled in.'),
    scaledTo: z.int().nullable().describe('Replicas that somebody set by hand; null for those of Git.'),
    retiredAt: instant.nullable().describe('Since when Git does not declare it any more.'),
    updatedAt: instant,
    live: z
      .object(revisionFields)
      .nullable()
      .describe('What was recorded as live last; null where nothing is.'),
    at: addresses.nullable(),
  })
  .openapi('Endpoint');

export const endpointListSchema = z.object({ endpoints: z.array(endpointSchema) }).openapi('EndpointList');

const replica = z.object({
  id: z.string().describe('Such as a process or container id.'),
  state: z.enum(['starting', 'ready', 'draining', 'restarting', 'failed']),
  restarts: z.int(),
  reason: z.string().nullable().describe('Why it is not ready.'),
});

const imageScan = z
  .object({
    verdict: z.enum(verdicts),
    refused: z.array(z.string()).describe('What keeps it from passing, the first fifty.'),
    packages: z.int(),
    databaseOf: instant.nullable().describe('When the newest of the advisories was written.'),
    scannedAt: instant,
  })
  .openapi('ImageScan');

export const endpointDetailSchema = endpointSchema
  .extend({
    wanted: z
      .object({ revision: z.string(), ordinal: z.int(), replicas: z.int() })
      .nullable()
      .describe('What its target is to be brought to; null before the first release.'),
    observed: z
      .object({ revision: z.string().nullable(), replicas: z.array(replica) })
      .nullable()
      .describe('What its target says at this moment; null where that could not be found out.'),
    imageScan: imageScan
      .nullable()
      .describe(
        'The newest scan of the image that is live, after the one of its release; null where none was made.',
      ),
    notice: z.string().nullable().describe('What could not be found out, and why.'),
    revisions: z.array(revisionSchema).describe('What was live when, newest first, at most 100.'),
  })
  .openapi('EndpointDetail');

export const endpointLogSchema = z
  .object({ lines: z.array(z.string()).describe('Oldest first, each with the replica it is of.') })
  .openapi('EndpointLog');

export const scaleSchema = z
  .strictObject({
    replicas: z.int().min(1).max(32).nullable().describe('Null: as Git says.'),
  })
  .openapi('ScaleEndpoint');

export const predictSchema = z.union([z.array(z.unknown()), z.record(z.string(), z.unknown())]).openapi({
  type: 'object',
  additionalProperties: true,
  description: 'Rows, or columns: as `/predict` of the endpoint takes them.',
});

export const imageListSchema = z
  .object({
    images: z.array(
      z.object({
        digest: z.string().describe('`sha256:<hex>`.'),
        project: z.string(),
        endpoint: z.string(),
        repository: z.string().nullable().describe('Where it can be pulled; null where it was never pushed.'),
        applicationCommit: z.string().nullable(),
        revisions: z.array(z.int()).describe('Ordinals of the revisions that ran it, newest first.'),
        from: instant.describe('When it first answered.'),
        until: instant.nullable().describe('When it last ended; null while it answers.'),
        scan: imageScan
          .nullable()
          .describe('The newest one while it was live, after that of its release; null where none was made.'),
      }),
    ),
  })
  .openapi('ImageList');
