import { createHash } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { RatchetError } from '../../../domain/errors/ratchet-error.js';
import {
  type IsolationReport,
  type IsolationTier,
  isolationTiers,
  type Launcher,
  type LaunchResult,
  type LaunchSpec,
} from '../../../domain/ports/launcher.js';
import { inspectTiers, type ProbePlace } from './inspect-tiers.js';
import { OutputCapture } from './output-capture.js';
import { checkFolders } from './run-folders.js';
import { keepSpareSupervisor } from './spare-supervisor.js';
import { runSupervised, type SupervisorEnding } from './supervised-process.js';
import type { SupervisorEnded, SupervisorSpec } from './supervisor-protocol.js';

const DEFAULT_GRACE_MS = 10_000;

/** Below the range from which systemd takes users for services. */
const DEFAULT_UID_BASE = 61_000;
const UID_COUNT = 184;

export interface LauncherOptions {
  /** Holds leases and the temporary folders of runs; hidden from every program. */
  readonly stateDir: string;
  /** Path of a Python >= 3.10 for the supervisor; not the program's. */
  readonly python: string;
  /** First of 184 user ids that runs get where the worker is root. Default 61000. */
  readonly uidBase?: number;
  /** Tiers that may be used at all. Default all. */
  readonly tiers?: readonly IsolationTier[];
}

/**
 * Starts programs under a supervisor in Python (sandbox/main.py), which is outside the isolation and watches it. A
 * killed worker takes its programs with it. Errors of `launch`: `ISOLATION_WEAK` (no tier is strong enough, or a folder
 * would undo it), `LEASE_LOST` (a newer attempt has the key), `PROGRAM_MISSING`, `PART_MISSING` (no Python),
 * `INTERNAL` (the isolation could not be set up).
 */
export function createLauncher(options: LauncherOptions): Launcher {
  const stateDir = resolve(options.stateDir);
  const place: ProbePlace = {
    scratch: join(stateDir, 'launches'),
    uidBase: options.uidBase ?? DEFAULT_UID_BASE,
    uidCount: UID_COUNT,
  };
  const leases = join(stateDir, 'leases');
  const { take } = keepSpareSupervisor(options.python);
  let report: Promise<IsolationReport> | undefined;

  async function inspectOnce(): Promise<IsolationReport> {
    await mkdir(place.scratch, { recursive: true, mode: 0o711 });
    await mkdir(leases, { recursive: true, mode: 0o700 });
    return inspectTiers(options.python, place, options.tiers ?? isolationTiers);
  }

  const inspect = (): Promise<IsolationReport> => {
    report ??= inspectOnce().catch((error: unknown) => {
      report = undefined;
      throw error;
    });
    return report;
  };

  async function launch(spec: LaunchSpec, signal?: AbortSignal): Promise<LaunchResult> {
    const tiers = strongEnough(await inspect(), spec.leastTier ?? 'none');
    await checkFolders(spec, stateDir);
    const lease = join(leases, `${createHash('sha256').update(spec.key).digest('hex')}.json`);
    let unfit = '';
    for (const tier of tiers) {
      const output = new OutputCapture({
        limitBytes: spec.limits.outputBytes,
        onLine: spec.onLine,
        logFile: spec.logFile,
      });
      const ending = await runSupervised(
        options.python,
        supervisorSpec(spec, { ...place, tier, lease }),
        output,
        { signal, take },
      );
      await output.close();
      if (ending.event === 'refused' && ending.kind === 'tier') unfit = ending.message;
      else return resultOf(spec, tier, ending, output);
    }
    throw weak(spec.leastTier ?? 'none', unfit);
  }

  return { inspect, launch };
}

/** Strongest first. */
function strongEnough(report: IsolationReport, least: IsolationTier): IsolationTier[] {
  const usable = isolationTiers.slice(0, isolationTiers.indexOf(least) + 1);
  const found = report.tiers.filter(({ tier, available }) => available && usable.includes(tier));
  if (found.length > 0) return found.map(({ tier }) => tier);
  const reasons = report.tiers.filter(({ tier }) => usable.includes(tier));
  throw weak(least, reasons.map(({ tier, reason }) => `${tier}: ${reason}`).join('; '), report.mend);
}

function weak(least: IsolationTier, reason: string, mend?: string): RatchetError {
  const message = `isolation of tier ${least} or stronger is not to be had here (${reason})`;
  return new RatchetError('ISOLATION_WEAK', message, { least, ...(mend === undefined ? {} : { mend }) });
}

function supervisorSpec(
  spec: LaunchSpec,
  place: ProbePlace & Pick<SupervisorSpec, 'tier' | 'lease'>,
): SupervisorSpec {
  const { wallMs, memoryBytes, diskBytes, processes } = spec.limits;
  return {
    ...place,
    parent: process.pid,
    key: spec.key,
    fence: spec.fence,
    command: spec.command,
    cwd: spec.cwd,
    env: spec.env,
    readOnly: spec.readOnly,
    writable: spec.writable,
    devices: spec.devices ?? [],
    network: spec.network,
    limits: { wallMs, memoryBytes, diskBytes, processes },
    graceMs: spec.graceMs ?? DEFAULT_GRACE_MS,
  };
}

function resultOf(
  spec: LaunchSpec,
  tier: IsolationTier,
  ending: SupervisorEnding,
  output: OutputCapture,
): LaunchResult {
  if (ending.event === 'ended' && !ending.superseded) return ended(ending, tier, output);
  const { key, fence } = spec;
  if (ending.event === 'ended') {
    throw new RatchetError('LEASE_LOST', `a newer attempt of ${key} ended attempt ${fence}`, { key, fence });
  }
  if (ending.event === 'lost') {
    const message = `the supervisor of ${key} ended with ${ending.by}, and the program with it`;
    throw new RatchetError('INTERNAL', message, { key, tail: output.tail });
  }
  const code = {
    lease: 'LEASE_LOST',
    program: 'PROGRAM_MISSING',
    setup: 'INTERNAL',
    tier: 'ISOLATION_WEAK',
  } as const;
  throw new RatchetError(code[ending.kind], ending.message, { key, fence, tier });
}

function ended(ending: SupervisorEnded, tier: IsolationTier, output: OutputCapture): LaunchResult {
  return {
    exitCode: ending.exitCode,
    signal: ending.signal,
    limit: output.cut ? 'output' : ending.limit,
    cancelled: ending.cancelled,
    tier,
    wallMs: ending.wallMs,
    peakMemoryBytes: ending.peakMemoryBytes,
    outputCut: output.cut,
    tail: output.tail,
  };
}
