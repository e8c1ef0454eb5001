import type { WatchConfig } from '../../domain/config/watch.js';
import type { MeasuredTruth } from '../../domain/monitoring/measure-truth.js';
import type { ReferenceProfile } from '../../domain/monitoring/profile/reference-profile.js';
import type { LossState } from '../../domain/monitoring/watch-loss.js';
import type { MonitorWindow } from '../../domain/monitoring/window.js';
import type { TruthEvidence, WatchLine, WindowEvidence } from '../../domain/monitoring/window-evidence.js';
import { sourcePrefix } from '../../domain/monitoring/window-verdicts.js';
import type { EndpointName } from '../../domain/ports/deployment-target.js';
import type { JudgedWindow } from '../../domain/ports/watches.js';
import type { WatchDeps } from './deps.js';
import { hideColumns } from './hide-columns.js';
import { judgeInputs } from './judge-inputs.js';
import { judgeTruth } from './judge-truth.js';
import { referenceOf, type WatchedVersion } from './reference-of.js';
import { soundWindows } from './sound-windows.js';

/** Rows of a window that are looked at: more would not change what they say. */
const mostRows = 100_000;
/** Windows whose rows say how many are usual. */
const lastWindows = 12;
/** Windows of wrong data that are passed over on the way back to those that count. */
const mostWrong = 12;

export interface WindowJob extends EndpointName {
  readonly line: WatchLine;
  readonly window: MonitorWindow;
  readonly watch: WatchConfig;
  readonly version: WatchedVersion;
}

/** Looks at what a version answered in a window. Errors: those of the stores. */
export async function judgeWindow(
  deps: WatchDeps,
  { line, window, watch, version, ...name }: WindowJob,
  signal: AbortSignal,
): Promise<WindowEvidence> {
  const { sha256 } = version.record.file;
  const rows = await deps.traffic.rows(name, sha256, window, mostRows);
  const whole = await referenceOf(deps, version, watch, signal);
  const profile = hideColumns(whole, version.config, watch);
  if (line === 'inputs') {
    const last = await deps.watches.windows(name, 'inputs', {
      limit: lastWindows,
      modelVersion: version.record.version,
      before: window.from,
    });
    return judgeInputs(window, rows, { version, profile, watch, before: last });
  }
  const { trailing } = watch.truth;
  const lastSeen = Math.max(1, trailing - 1);
  const before = await deps.watches.windows(name, 'truth', {
    limit: lastSeen + mostWrong,
    modelVersion: version.record.version,
    before: window.from,
  });
  const lossBefore = await lossOf(deps, before[0], profile);
  const sound = await soundWindows(deps, name, watch, before);
  const measured = sound.slice(0, trailing - 1).map(measuredOf);
  return judgeTruth(window, rows, {
    ...{ version, profile, watch, before: measured, lossBefore, now: deps.now() },
    sourcesBefore: [...new Set(before.slice(0, lastSeen).flatMap(sourcesOf))],
  });
}

/** Where a window left the loss; null where it was judged by another detector, or by none. */
async function lossOf(
  { blobs }: Pick<WatchDeps, 'blobs'>,
  window: JudgedWindow | undefined,
  { loss }: ReferenceProfile,
): Promise<LossState | null> {
  if (window === undefined || loss === null) return null;
  const { concept } = (await blobs.getJson(window.evidence)) as Partial<TruthEvidence>;
  return concept?.method === loss.method ? concept.state : null;
}

function measuredOf({ numbers }: JudgedWindow): MeasuredTruth {
  const { labelled = 0, ...named } = numbers;
  const metrics = Object.entries(named).filter(([name]) => !name.includes(':'));
  return { labelled, metrics: Object.fromEntries(metrics) };
}

function sourcesOf({ numbers }: JudgedWindow): readonly string[] {
  const names = Object.keys(numbers).filter((name) => name.startsWith(sourcePrefix));
  return names.map((name) => name.slice(sourcePrefix.length));
}
