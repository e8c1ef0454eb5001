import { z } from 'zod';

const digest = z.string().regex(/^sha256:[0-9a-f]{64}$/);
const texts = z.array(z.string()).nullish();
const named = z.record(z.string(), z.unknown()).nullish();

/** `manifest.json` of `docker save`. */
export const savedImagesShape = z.array(
  z.object({ Config: z.string(), Layers: z.array(z.string()), RepoTags: z.array(z.string()).nullish() }),
);

const descriptor = z.object({
  mediaType: z.string().optional(),
  digest,
  size: z.number().int().nonnegative(),
  annotations: z.record(z.string(), z.string()).nullish(),
  platform: z.object({ os: z.string(), architecture: z.string() }).nullish(),
});

/** `index.json` of an OCI layout, and an index that it leads to. */
export const ociIndexShape = z.object({ manifests: z.array(descriptor) });

/** The manifest of one image. */
export const ociManifestShape = z.object({ config: descriptor, layers: z.array(descriptor) });

/** The configuration of an image, as Docker and OCI have it. */
export const imageConfigShape = z.object({
  architecture: z.string(),
  os: z.string(),
  config: z
    .object({
      User: z.string().nullish(),
      Env: texts,
      Entrypoint: texts,
      Cmd: texts,
      ExposedPorts: named,
      Volumes: named,
      WorkingDir: z.string().nullish(),
      Labels: z.record(z.string(), z.string()).nullish(),
      Healthcheck: z.object({ Test: texts }).nullish(),
    })
    .nullish(),
  rootfs: z.object({ diff_ids: z.array(digest) }),
  history: z.array(z.object({ created_by: z.string().nullish() })).nullish(),
});
