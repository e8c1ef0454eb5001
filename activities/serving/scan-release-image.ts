import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type { BuiltImageRelease, ScannedImage } from '../../domain/lifecycle/release-serving.js';
import type { BlobRef } from '../../domain/ports/blobs.js';
import type { Refusal } from '../../domain/ports/runs.js';
import type { InspectedImage, InspectImageRequest } from '../images/inspect-image.js';
import type { ImageScan } from '../images/scan-image.js';
import { note, reportProgress } from '../steps/current-step.js';
import { keepLog } from '../training/keep-log.js';
import type { BuildDeps } from './deps.js';
import { imagePolicyAt, type WrittenPolicy } from './image-policy-at.js';
import { versionLineage } from './version-lineage.js';
import { withImageArchive } from './with-image-archive.js';

/** What is asked about an image, in a process of its own. */
export type ImageInspection = Pick<
  InspectImageRequest,
  'archive' | 'name' | 'database' | 'build' | 'model' | 'evaluation' | 'now'
> & {
  readonly policy: WrittenPolicy | null;
  /** What a registry calls it, where it was pushed. */
  readonly manifestDigest?: string;
};
export type InspectArchive = (asked: ImageInspection, signal: AbortSignal) => Promise<InspectedImage>;

type Deps = Pick<
  BuildDeps,
  'advisories' | 'blobs' | 'engine' | 'git' | 'inspectImage' | 'registry' | 'releases' | 'workDir'
>;

/**
 * Scans the image that was built, and says what is to be signed of it. The scan itself is kept on the release in every
 * ending. Errors: `IMAGE_REFUSED` for any verdict but `pass`, with a row for each reason; `CONFIG_INVALID` for the policy,
 * `IMAGE_INVALID`, `IMAGE_HOSTILE`, those of the agent, the store and Git.
 */
export async function scanReleaseImage(
  deps: Deps,
  { project, endpoint, releaseId, plan, made }: BuiltImageRelease,
  signal: AbortSignal,
): Promise<ScannedImage> {
  const version = await deps.registry.get(project, plan.model, String(plan.modelVersion));
  const [lineage, policy] = await Promise.all([
    versionLineage(deps, version),
    imagePolicyAt(deps, plan.application),
  ]);
  reportProgress('the engine agent gives the image out');
  const given = { image: made.image, key: `${project}/${endpoint}/${releaseId}`, signal };
  return withImageArchive(deps, given, async (archive, folder) => {
    const commit = plan.application?.commit ?? 'none';
    const asked = {
      ...{ ...lineage, policy, name: `${project}/${endpoint}`, database: deps.advisories },
      build: { commit, base: made.base, release: releaseId },
      ...(made.image.repository !== null && { manifestDigest: made.image.digest }),
      now: new Date().toISOString(),
    };
    reportProgress('reading the image');
    const inspected = await deps.inspectImage({ ...asked, archive }, signal);
    const built = made.configuration ?? made.image.digest;
    if (inspected.imageDigest !== built)
      throw new RatchetError(
        'IMAGE_HOSTILE',
        `the archive holds ${inspected.imageDigest}, and ${built} was built`,
      );
    const scan = await keepScan(deps, { releaseId, folder, scan: inspected.scan }, signal);
    refuseUnlessPassed(inspected.scan);
    note(toldOf(inspected.scan));
    const materials = await deps.blobs.putBytes(Buffer.from(inspected.materials.text));
    return { scan, materials, statements: await deps.blobs.putJson(inspected.statements) };
  });
}

/** As the log of the step, which people find whatever the verdict was. */
async function keepScan(
  { blobs, releases }: Deps,
  at: { readonly releaseId: string; readonly folder: string; readonly scan: ImageScan },
  signal: AbortSignal,
): Promise<BlobRef> {
  const path = join(at.folder, 'scan.json');
  await writeFile(path, `${JSON.stringify(at.scan, null, 2)}\n`);
  await keepLog({ blobs, runs: releases }, at.releaseId, { step: 'scan', path }, signal);
  return blobs.putFile(path);
}

function refuseUnlessPassed({ verdict, reasons }: ImageScan): void {
  if (verdict === 'pass') return;
  const open = reasons.filter((reason) => reason.verdict !== 'pass');
  const refusals = open.map(
    ({ rule, text, limit }): Refusal => ({
      ...{ what: 'image', rule },
      actual: text,
      limit: limit === undefined ? 'pass' : String(limit),
    }),
  );
  const [first] = open;
  throw new RatchetError(
    'IMAGE_REFUSED',
    `the verdict on the image is ${verdict}, allowed is pass: ${first?.text ?? 'it has no reason'}`,
    { refusals },
  );
}

function toldOf({ packages, findings, findingsLeftOut, excepted }: ImageScan): string {
  const found = findings.length + findingsLeftOut;
  return `${packages} packages, ${found} findings, ${excepted.length} of them excepted: pass`;
}
