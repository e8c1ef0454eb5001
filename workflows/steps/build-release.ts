import { proxyActivities } from '@temporalio/workflow';
import type { BuildActivities } from '../../activities/serving/build-activities.js';
import type { ReleaseActivities } from '../../activities/serving/release-activities.js';
import {
  type BuiltApplication,
  type BuiltRelease,
  type PlannedRelease,
  type SkippableStep,
  skipReason,
} from '../../domain/lifecycle/release-serving.js';
import type { ImageRef, WantedRevision } from '../../domain/ports/deployment-target.js';
import { controlOptions, servingOptions } from '../options.js';

const { signImage, skipReleaseStep } = proxyActivities<ReleaseActivities>(controlOptions);
const { testApplication, checkContract, buildImage, scanImage } =
  proxyActivities<BuildActivities>(servingOptions);

const nothingBuilt: BuiltApplication = { bundle: null };

/** What a release deploys: built and tested, or taken over from the revision that it goes back to. */
export async function buildRelease(
  release: PlannedRelease,
): Promise<Pick<WantedRevision, 'application' | 'image'>> {
  if (release.plan.kept !== null) return release.plan.kept;
  const built = await unlessSkipped(release, 'test', () => testApplication(release), nothingBuilt);
  await checkContract({ ...release, built });
  return { application: built.bundle, image: await imageOf({ ...release, built }) };
}

/** The image with all that is signed about it. One whose scan does not pass ends the release. */
async function imageOf(release: BuiltRelease): Promise<ImageRef | null> {
  const made = await unlessSkipped(release, 'image', () => buildImage(release), null);
  const scan = async () => (made === null ? null : scanImage({ ...release, made }));
  const scanned = await unlessSkipped(release, 'scan', scan, null);
  if (made === null || scanned === null) return null;
  const { project, endpoint, releaseId } = release;
  const { image, configuration } = made;
  const named = { project, endpoint, releaseId, image, scanned };
  return signImage(configuration === undefined ? named : { ...named, configuration });
}

/** What a step gives, or what stands instead of it where it has nothing to do. */
async function unlessSkipped<T>(
  { releaseId, plan }: PlannedRelease,
  step: SkippableStep,
  work: () => Promise<T>,
  instead: T,
): Promise<T> {
  const reason = skipReason(step, plan);
  if (reason === null) return work();
  await skipReleaseStep({ releaseId, step, reason });
  return instead;
}
