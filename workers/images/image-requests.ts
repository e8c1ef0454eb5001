import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { z } from 'zod';
import { type ReadImage, readImage } from '../../activities/images/read-image.js';
import { readReport } from '../../activities/images/reports/read-report.js';
import { scanImage } from '../../activities/images/scan-image.js';
import { readEnvelopes, readTextFile } from '../../activities/images/signed-files.js';
import { imageBom } from '../../domain/supply/bom/image-bom.js';
import { parseImagePolicy } from '../../domain/supply/policy/parse-image-policy.js';
import { verifyImage } from '../../domain/supply/statements/verify-image.js';
import { createVerifier } from '../../trust/verifier.js';
import { readKeys } from './read-keys.js';

/** What may be asked about an image that lies on the disk. */
export const imageRequestShape = z.discriminatedUnion('command', [
  z.object({
    command: z.literal('scan'),
    archive: z.string(),
    database: z.string().nullable(),
    policy: z.string().nullable(),
    reports: z.array(z.string()),
    now: z.string(),
  }),
  z.object({ command: z.literal('bom'), archive: z.string() }),
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
  return request.command === 'bom' ? bomOf(await readImage(request.archive)) : await verify(request);
}

async function scan({ archive, database, policy: file, reports, now }: RequestOf<'scan'>) {
  const text = file === null ? 'version: 1\n' : await readTextFile(file);
  const policy = parseImagePolicy(text, file ?? 'the policy that holds where none is named');
  const read = await Promise.all(
    reports.map(async (report) => readReport(await readTextFile(report), report)),
  );
  return await scanImage({ image: await readImage(archive), database, policy, reports: read, now });
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
