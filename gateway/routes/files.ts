import { type OpenAPIHono, z } from '@hono/zod-openapi';
import type { TypedResponse } from 'hono';
import { nameField } from '../../domain/config/fields.js';
import { inPath } from '../access/places.js';
import type { GatewayDeps } from '../deps.js';
import type { GatewayEnv } from '../http/env.js';
import { route } from '../http/route.js';
import { sendObject } from '../http/send-object.js';
import { datasetFile } from '../reads/dataset-file.js';
import { versionOrName } from '../shapes/text.js';

const bytes = {
  200: {
    description: 'The bytes. `ETag` is their SHA-256.',
    content: { 'application/octet-stream': { schema: z.string().openapi({ format: 'binary' }) } },
  },
} as const;
type Bytes = Response & TypedResponse<string, 200, string>;

const routes = {
  model: route('pull-model', inPath, {
    method: 'get',
    path: '/api/v1/models/{project}/{model}/{version}/files/{file}',
    summary: 'The ONNX file of a version, or its model card as JSON. Every answer is a row of the audit.',
    request: {
      params: z.object({
        project: nameField,
        model: nameField,
        version: versionOrName,
        file: z.enum(['model', 'card']),
      }),
    },
    responses: bytes,
  }),
  dataset: route('pull-data', inPath, {
    method: 'get',
    path: '/api/v1/datasets/{project}/{name}/{version}/files/{file}',
    summary:
      'The rows of a split, or those that were set aside, as Parquet. Every answer is a row of the audit. `test` is refused.',
    request: {
      params: z.object({
        project: nameField,
        name: nameField,
        version: versionOrName,
        file: z.enum(['train', 'validation', 'test', 'quarantine']),
      }),
    },
    responses: bytes,
  }),
};

export function fileRoutes(app: OpenAPIHono<GatewayEnv>, deps: GatewayDeps): void {
  app.openapi(routes.model, async (context) => {
    const { file, ...at } = context.req.valid('param');
    const row = await deps.registry.get(at.project, at.model, at.version);
    const stage = await deps.champions.stage(row.project, row.model, row.version);
    const subject = `${row.model}@${row.version}`;
    const [object, ending] = file === 'model' ? [row.file, 'onnx'] : [row.card, 'card.json'];
    return (await sendObject(context, {
      object,
      fileName: `${subject}.${ending}`,
      action: 'model.pulled',
      project: row.project,
      subject,
      details: { file, stage },
    })) as Bytes;
  });
  app.openapi(routes.dataset, async (context) => {
    const { file, ...at } = context.req.valid('param');
    const { record, object } = await datasetFile(deps, at, file);
    const subject = `${record.name}@${record.version}`;
    return (await sendObject(context, {
      object,
      fileName: `${subject}.${file}.parquet`,
      action: 'dataset.pulled',
      project: record.project,
      subject,
      details: { file },
    })) as Bytes;
  });
}
