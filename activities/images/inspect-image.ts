import { createHash } from 'node:crypto';
import { canonicalText } from '../../domain/canonical-text.js';
import type { ImagePolicy } from '../../domain/config/image-policy.js';
import { imageBom } from '../../domain/supply/bom/image-bom.js';
import type { ModelLineage } from '../../domain/supply/bom/model-component.js';
import {
  type BuildPredicate,
  type ImageStatement,
  imageStatement,
} from '../../domain/supply/statements/image-statement.js';
import { type ReadImage, readImage } from './read-image.js';
import type { ScannerReport } from './reports/read-report.js';
import { type ImageScan, scanImage } from './scan-image.js';

export interface InspectImageRequest {
  /** What `docker save` wrote, or an OCI layout: a tar file or a folder. */
  readonly archive: string;
  /** What the image is called, without a tag. */
  readonly name: string;
  /** What a registry calls it, where it was pushed: `sha256:` and 64 hex digits. */
  readonly manifestDigest: string | null;
  /** Folder of advisories; null where there is none. */
  readonly database: string | null;
  readonly policy: ImagePolicy;
  readonly reports: readonly ScannerReport[];
  readonly build: BuildPredicate;
  /** The model that the image was tested with. */
  readonly model: ModelLineage;
  readonly evaluation: { readonly id: string; readonly report: string };
  readonly now: string;
}

/** All that is to be known, kept and signed about a built image. */
export interface InspectedImage {
  readonly imageDigest: string;
  readonly scan: ImageScan;
  /** The document to be kept, byte for byte. */
  readonly materials: { readonly text: string; readonly sha256: string };
  /** To be signed, one envelope each. */
  readonly statements: readonly ImageStatement[];
}

/** Reads an image once, scans it, writes its bill of materials, and says what is to be signed. Errors: `IMAGE_INVALID`, `IMAGE_HOSTILE`. */
export async function inspectImage(request: InspectImageRequest): Promise<InspectedImage> {
  const { archive, database, policy, reports, now, build } = request;
  const image = await readImage(archive);
  const scan = await scanImage({ image, database, policy, reports, base: build.base, now });
  const { imageDigest } = image.manifest;
  const materials = materialsOf(image, request);
  return { imageDigest, scan, materials, statements: statementsOf(request, image, scan, materials) };
}

function materialsOf(
  { manifest, inventory }: ReadImage,
  { name, manifestDigest, model }: InspectImageRequest,
) {
  const { imageDigest } = manifest;
  const document = imageBom({ imageDigest, manifestDigest, name, inventory, models: [model] });
  const text = `${JSON.stringify(document, null, 2)}\n`;
  return { text, sha256: sha256Of(text), components: inventory.packages.length + inventory.models.length };
}

function statementsOf(
  { name, manifestDigest, build, model, evaluation, policy }: InspectImageRequest,
  { manifest }: ReadImage,
  { verdict, reasons, scannedAt, database }: ImageScan,
  { sha256, components }: ReturnType<typeof materialsOf>,
): ImageStatement[] {
  const identity = { name, imageDigest: manifest.imageDigest, manifestDigest };
  const said = {
    verdict,
    reasons,
    scannedAt,
    policy: sha256Of(canonicalText(policy)),
    databaseOf: database.kind === 'read' ? database.newestAt : null,
  };
  return [
    imageStatement('build', identity, build),
    imageStatement('materials', identity, { format: 'CycloneDX 1.6', sha256, components }),
    imageStatement('scan', identity, said),
    imageStatement('model', identity, {
      model: `${model.model}@${model.version}`,
      sha256: model.sha256,
      evaluation,
    }),
  ];
}

const sha256Of = (text: string) => createHash('sha256').update(text).digest('hex');
