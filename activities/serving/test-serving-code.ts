import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type {
  BuiltApplication,
  PlannedRelease,
  ReleasePlan,
} from '../../domain/lifecycle/release-serving.js';
import { note, reportProgress, unlessDone } from '../steps/current-step.js';
import { keepLog } from '../training/keep-log.js';
import type { ApplicationWork } from './application/application-work.js';
import { buildApplication } from './application/build-application.js';
import { testApplication } from './application/test-application.js';
import type { BuildDeps } from './deps.js';
import { inFolder } from './in-folder.js';
import { launchOf } from './launch-of.js';

type Deps = Pick<BuildDeps, 'blobs' | 'environments' | 'git' | 'launcher' | 'releases' | 'workDir'>;
type Code = NonNullable<ReleasePlan['application']>;

/**
 * Takes the serving code from its commit, builds it, and runs its own tests in the sandbox; their log is kept in every
 * ending. Errors: `APPLICATION_INVALID`, `APPLICATION_FAILED` with the end of the log, `ENVIRONMENT_FAILED`, those of Git.
 */
export async function testServingCode(
  deps: Deps,
  { releaseId, plan: { application } }: PlannedRelease,
  signal: AbortSignal,
): Promise<BuiltApplication> {
  if (application === null) throw new RatchetError('INTERNAL', 'the stock application has no tests');
  const inputs = { code: application.treeId };
  const isStillThere = async ({ bundle }: BuiltApplication) =>
    bundle !== null && (await deps.blobs.exists(bundle));
  const build = (folder: string) => buildAndTest(deps, { code: application, releaseId, folder }, signal);
  return unlessDone(
    inputs,
    () => inFolder(deps.workDir, 'serving-code', build, { isOpen: true }),
    isStillThere,
  );
}

async function buildAndTest(
  deps: Deps,
  { code, releaseId, folder }: { readonly code: Code; readonly releaseId: string; readonly folder: string },
  signal: AbortSignal,
): Promise<BuiltApplication> {
  const [source, work] = [join(folder, 'source'), join(folder, 'work')];
  await Promise.all([source, work].map((one) => mkdir(one)));
  await deps.git.checkOut(code.repo, code.commit, code.path, source);
  const attempt = {
    folder: work,
    launch: launchOf(releaseId),
    signal,
  };
  reportProgress(`building ${code.path} of ${code.commit.slice(0, 12)}`);
  const { bundlePath } = await buildApplication(deps, source, attempt);
  reportProgress('running its tests');
  await runTests(deps, { source, releaseId, logFile: join(folder, 'test.log') }, attempt);
  return { bundle: await deps.blobs.putFile(bundlePath) };
}

async function runTests(
  deps: Deps,
  {
    source,
    releaseId,
    logFile,
  }: { readonly source: string; readonly releaseId: string; readonly logFile: string },
  attempt: ApplicationWork,
): Promise<void> {
  try {
    const { wallMs, tier } = await testApplication(deps, source, { ...attempt, logFile });
    note(`its tests passed in ${(wallMs / 1000).toFixed(1)} s, isolation ${tier}`);
  } finally {
    const kept = { blobs: deps.blobs, runs: deps.releases };
    await keepLog(kept, releaseId, { step: 'test', path: logFile }, attempt.signal);
  }
}
