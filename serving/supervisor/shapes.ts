import { z } from 'zod';
import { columnName, nameField } from '../../domain/config/fields.js';
import type { WantedRevision } from '../../domain/ports/deployment-target.js';
import { endpointVariable, endpointVariableWords } from '../../domain/serving/host-variables.js';
import { processIdentityShape } from '../../machine/process-identity.js';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'a digest of 64 hexadecimal digits');
/** It names a folder. */
const revision = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/, 'an id of letters, digits, dots, dashes and underscores');
const milliseconds = z.int().min(0).max(3_600_000);

export const nameShape = z.strictObject({ project: nameField, endpoint: nameField });

const object = z.strictObject({ uri: z.string(), sha256, bytes: z.int().min(0) });

const columns = z.array(columnName);

const model = z.strictObject({
  project: nameField,
  model: nameField,
  version: z.int().min(1),
  sha256,
  bytes: z.int().min(0),
  alias: z.string().nullable(),
});

/** What a target is told. Its image is not for processes, and is not looked at. */
export const wantedShape: z.ZodType<WantedRevision> = z.strictObject({
  ...nameShape.shape,
  revision,
  ordinal: z.int().min(0),
  models: z.array(model).min(1),
  defaultModel: nameField.nullable(),
  application: object.nullable(),
  image: z
    .strictObject({
      digest: z.string(),
      repository: z.string().nullable(),
      statements: object.exactOptional(),
    })
    .nullable(),
  replicas: z.int().min(1).max(32),
  resources: z.strictObject({ cpus: z.number().positive(), memoryMiB: z.int().min(128) }),
  limits: z.strictObject({
    timeoutMs: z.int().min(1),
    mostBatchRows: z.int().min(1),
    mostQueuedRows: z.int().min(1),
    mostBodyBytes: z.int().min(1024),
  }),
  health: z.strictObject({ readyWithinMs: milliseconds.min(1), drainMs: milliseconds }),
  environment: z.record(z.string().regex(endpointVariable, endpointVariableWords), z.string().max(4000)),
  record: z
    .strictObject({
      mask: columns,
      drop: columns,
      columns: z.array(z.string()),
      sample: z.number().gt(0).max(1),
      key: z.string().nullable(),
    })
    .exactOptional(),
});

const port = z.int().min(1).max(65_535);
const portsShape = z.object({ http: port, grpc: port, metrics: port });
export type EndpointPorts = z.infer<typeof portsShape>;

/** What is remembered of an endpoint on disk. */
export const keptShape = z.object({
  version: z.literal(1),
  /** Chosen before its first revision took requests, and kept for as long as it is there. */
  ports: portsShape.nullable(),
  /** The revision that took requests last, which is started again after a crash. */
  live: wantedShape.nullable(),
  /** Hosts that were running when this was written. */
  hosts: z.array(processIdentityShape),
  /** Numbers of the folders in which they keep what is to be delivered, of which each host has one alone. */
  spools: z.array(z.int().min(1)),
});
export type KeptEndpoint = z.infer<typeof keptShape>;
