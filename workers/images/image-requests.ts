import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { z } from 'zod';
import { inspectImage } from '../../activities/images/inspect-image.js';
import { type ReadImage, readImage } from '../../activities/images/read-image.js';
import { readReport } from '../../activities/images/reports/read-report.js';
import { scanImage } from '../../activities/images/scan-image.js';
import { readEnvelopes, readTextFile } from '../../activities/images/signed-files.js';
import type { ImagePolicy } from '../../domain/config/image-policy.js';
import { imageBom } from '../../domain/supply/bom/image-bom.js';
import { parseImagePolicy } from '../../domain/supply/policy/parse-image-policy.js';
import { verifyImage } from '../../domain/supply/statements/verify-image.js';
import { createVerifier } from '../../trust/verifier.js';
import { readKeys } from './read-keys.js';

const writtenPolicy = z.object({ text: z.string(), file: z.string() });

const inspectionShape = z.object({
  command: z.literal('inspect'),
  archive: z.string(),
  name: z.string(),
  /** Absent: it was never pushed. */
  manifestDigest: z.string().optional(),
  database: z.string().nullable(),
  /** Null: the one that holds without a file. */
  policy: writtenPolicy.nullable(),
  build: z.object({ commit: z.string(), base: z.string(), release: z.string() }),
  model: z.object({
    model: z.string(),
    version: z.number(),
    sha256: z.string(),
    task: z.string(),
    algorithm: z.string(),
    intendedUse: z.string(),
    limits: z.array(z.string()),
    datasets: z.array(z.object({ name: z.string(), version: z.number(), digest: z.string() })),
    inputs: z.array(z.string()),
    outputs: z.array(z.string()),
    metrics: z.record(z.string(), z.number()),
  }),
  evaluation: z.object({ id: z.string(), report: z.string() }),
  now: z.string(),
});

/** What may be asked about an image that lies on the disk. */
export const imageRequestShape = z.discriminatedUnion('command', [
  z.object({
    command: z.literal('scan'),
    archive: z.string(),
    database: z.string().nullable(),
    /** A file of it, or its text. Null: the one that holds without a file. */
    policy: z.union([z.string(), writtenPolicy]).nullable(),
    /** Absent: what the labels of the image say. */
    base: z.string().optional(),
    reports: z.array(z.string()),
    now: z.string(),
  }),
  z.object({ command: z.literal('bom'), archive: z.string() }),
  inspectionShape,
  z.object({
    command: z.literal('verify'),
    archive: z.string(),
    attestations: z.string(),
    keys: z.array(z.string()).min(1),
    materials: z.string().nullable(),
    now: z.string(),
  }),
]);
export type ImageRequest = z.infer<typeof imageRequestShape>;
type RequestOf<Command> = Extract<ImageRequest, { command: Command }>;

/** Answers one request. Errors: those of an image, a report, a policy. */
export async function answerImageRequest(request: ImageRequest): Promise<unknown> {
  if (request.command === 'scan') return await scan(request);
  if (request.command === 'inspect') return await inspect(request);
  return request.command === 'bom' ? bomOf(await readImage(request.archive)) : await verify(request);
}

async function scan({ archive, database, policy: given, base, reports, now }: RequestOf<'scan'>) {
  const written = typeof given === 'string' ? { text: await readTextFile(given), file: given } : given;
  const policy = policyOf(written);
  const read = await Promise.all(
    reports.map(async (report) => readReport(await readTextFile(report), report)),
  );
  const image = await readImage(archive);
  return await scanImage({
    image,
    database,
    policy,
    reports: read,
    ...(base !== undefined && { base }),
    now,
  });
}

async function inspect({ policy, manifestDigest, ...request }: RequestOf<'inspect'>) {
  return await inspectImage({
    ...request,
    policy: policyOf(policy),
    manifestDigest: manifestDigest ?? null,
    reports: [],
  });
}

function policyOf(written: z.infer<typeof writtenPolicy> | null): ImagePolicy {
  const { text, file } = written ?? {
    text: 'version: 1\n',
    file: 'the policy that holds where none is named',
  };
  return parseImagePolicy(text, file);
}

function bomOf({ manifest, inventory }: ReadImage): object {
  const { imageDigest, manifestDigest, names } = manifest;
  return imageBom({ imageDigest, manifestDigest, name: names[0] ?? 'image', inventory, models: [] });
}

async function verify({ archive, attestations, keys: files, materials, now }: RequestOf<'verify'>) {
  const { manifest } = await readImage(archive);
  const envelopes = await readEnvelopes(attestations);
  const keys = (await Promise.all(files.map(readKeys))).flat();
  const verified = verifyImage(
    {
      imageDigest: manifest.imageDigest,
      envelopes: envelopes.map((envelope) => ({ envelope, receivedAt: null })),
      keys,
      now,
      ...(materials === null ? {} : { materials: sha256Of(await readTextFile(materials)) }),
    },
    createVerifier(),
  );
  return {
    ...verified,
    archive: basename(archive),
    imageDigest: manifest.imageDigest,
    manifestDigest: manifest.manifestDigest,
  };
}

const sha256Of = (text: string) => createHash('sha256').update(text).digest('hex');
