import { messageOf } from '../../domain/errors/ratchet-error.js';
import type { ModelLimits } from '../../inference/guarded-host.js';
import type { HostConnection } from '../../inference/host-connection.js';
import { requireAgreement } from './interface-file.js';
import { type LiveLimits, type LiveVersion, openLiveVersion } from './live-version.js';
import type { SourceVersion } from './model-source.js';
import { readModelFile } from './read-model-file.js';
import { setState, type VersionEntry } from './version-entry.js';
import { vetModel } from './vet-model.js';

export interface BringUpOptions {
  /** Of the process in which the model is tried. */
  readonly limits: ModelLimits;
  readonly live: LiveLimits;
  readonly takeHost: () => HostConnection;
  /** Some version answers. */
  readonly isAnswering: boolean;
}

/**
 * Makes a version answer by what its source has. One that answers goes on until the new one does, also where that
 * cannot be loaded. Errors: those of `vetModel` and `openLiveVersion`; the entry has the reason.
 */
export async function bringUp(
  entry: VersionEntry,
  version: SourceVersion,
  { limits, live, takeHost, isAnswering }: BringUpOptions,
): Promise<void> {
  const before = entry.live;
  const wasReady = entry.state === 'READY';
  try {
    if (wasReady && before !== null && (await isUnchanged(before, version))) return;
    if (!wasReady) setState(entry, 'LOADING');
    const vetted = await vetModel(
      version,
      { ...limits, executionProvider: live.executionProvider },
      takeHost,
      isAnswering,
    );
    const opened = await openLiveVersion(vetted, live, entry.counters, (reason) => {
      if (entry.live === opened) setState(entry, 'UNAVAILABLE', reason);
    });
    entry.live = opened;
    setState(entry, 'READY');
    await before?.close();
  } catch (error) {
    if (!wasReady) setState(entry, 'UNAVAILABLE', messageOf(error));
    throw error;
  }
}

async function isUnchanged(before: LiveVersion, version: SourceVersion): Promise<boolean> {
  if (version.sha256 !== null) return version.sha256 === before.sha256;
  const { modelPath, interfacePath } = await version.fetch();
  if (interfacePath !== null) await requireAgreement(interfacePath, before.interface);
  return Buffer.compare(await readModelFile(modelPath), before.file) === 0;
}
