import { makeProfile } from '../../domain/monitoring/profile/make-profile.js';
import type { ReferenceProfile } from '../../domain/monitoring/profile/reference-profile.js';
import { rowsByWindow } from '../../domain/monitoring/profile/rows-by-window.js';
import { windowRule } from '../../domain/monitoring/watch-rules.js';
import { readManifest } from '../data/read-manifest.js';
import { inFolder } from '../serving/in-folder.js';
import type { ReferenceDeps } from './deps.js';
import type { ReferenceRule, WatchedVersion } from './reference-of.js';
import { referenceRows } from './reference-rows.js';
import { testRows } from './test-rows.js';

/** Inputs of the training and validation rows, window by window, and what the model says of the test rows. */
export async function freezeReference(
  deps: ReferenceDeps,
  version: WatchedVersion,
  watch: ReferenceRule,
  signal: AbortSignal,
): Promise<ReferenceProfile> {
  const { record, config } = version;
  const manifest = await readManifest(deps, record);
  return inFolder(deps.workDir, 'reference', async (folder) => {
    const { columns, times, labels, validationFrom } = await referenceRows(deps, manifest, config, folder);
    const test = await testRows(deps, { version, manifest, folder }, signal);
    return makeProfile({
      columns,
      windows: times === undefined ? [] : rowsByWindow(windowRule(watch, 'inputs'), times),
      ...{ times, labels, validationFrom },
      test: test && { ...test, concept: watch.detectors.concept },
      floor: watch.drift.floor,
      ignore: watch.drift.ignore,
      detectors: watch.detectors,
    });
  });
}
