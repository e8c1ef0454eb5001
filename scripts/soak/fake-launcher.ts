import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type { Launcher, LaunchResult, LaunchSpec } from '../../domain/ports/launcher.js';
import type { Condition } from './scenario.js';

/** What the launcher saw. */
export interface Launches {
  /** Programs that run now, by key. */
  readonly alive: Map<string, number>;
  /** Keys of which two ran at once. */
  readonly doubles: string[];
}

const well: LaunchResult = {
  exitCode: 0,
  signal: null,
  limit: null,
  cancelled: false,
  tier: 'namespace',
  wallMs: 1,
  peakMemoryBytes: 1,
  outputCut: false,
  tail: '',
};

/** Plays the training command: what it does stands in its file. Keeps the lease as the real launcher does. */
export function createFakeLauncher(): { readonly launcher: Launcher; readonly launches: Launches } {
  const launches: Launches = { alive: new Map(), doubles: [] };
  const leases = new Map<
    string,
    { readonly fence: number; readonly end: AbortController; readonly gone: Promise<void> }
  >();

  async function launch(spec: LaunchSpec, signal?: AbortSignal): Promise<LaunchResult> {
    const older = leases.get(spec.key);
    if (older && older.fence > spec.fence) throw leaseLost(spec);
    const end = new AbortController();
    const work = older ? older.gone.then(() => run(spec, end.signal, signal)) : run(spec, end.signal, signal);
    leases.set(spec.key, { fence: spec.fence, end, gone: work.then(() => undefined).catch(() => undefined) });
    older?.end.abort();
    return work;
  }

  async function run(spec: LaunchSpec, superseded: AbortSignal, signal?: AbortSignal): Promise<LaunchResult> {
    if (superseded.aborted) throw leaseLost(spec);
    const count = (launches.alive.get(spec.key) ?? 0) + 1;
    launches.alive.set(spec.key, count);
    if (count > 1) launches.doubles.push(spec.key);
    try {
      const result = await train(spec, AbortSignal.any(signal ? [superseded, signal] : [superseded]));
      if (superseded.aborted) throw leaseLost(spec);
      return result;
    } finally {
      launches.alive.set(spec.key, (launches.alive.get(spec.key) ?? 1) - 1);
    }
  }

  const inspect = async () => ({ tier: 'namespace', tiers: [] }) as const;
  return { launcher: { inspect, launch }, launches };
}

async function train(spec: LaunchSpec, stop: AbortSignal): Promise<LaunchResult> {
  const output = spec.env['RATCHET_OUTPUT'] ?? '';
  const condition = (await readFile(join(spec.cwd, 'train.py'), 'utf8')) as Condition;
  const checkpoint = join(output, 'checkpoints', 'epoch.json');
  const goesOn = existsSync(checkpoint);
  await mkdir(join(output, 'checkpoints'), { recursive: true });
  if (spec.logFile !== undefined)
    await writeFile(spec.logFile, `from ${goesOn ? 'a checkpoint' : 'the beginning'}\n`);
  await writeFile(join(output, 'metrics.jsonl'), '{"step":0,"loss":1}\n{"step":1,"loss":0.5}\n');
  await writeFile(checkpoint, '{"epoch":1}');
  await new Promise((resolve) => setTimeout(resolve, 4));
  if (stop.aborted) return { ...well, exitCode: null, signal: 'SIGTERM', cancelled: true };
  if (condition === 'killed once' && !goesOn) return { ...well, exitCode: null, signal: 'SIGKILL' };
  if (condition === 'fails') return { ...well, exitCode: 3, tail: 'a defect' };
  if (condition !== 'no model') await writeFile(join(output, 'model.onnx'), `a model, ${condition}`);
  return well;
}

function leaseLost({ key, fence }: LaunchSpec): RatchetError {
  return new RatchetError('LEASE_LOST', `a newer attempt of ${key} ended attempt ${fence}`, { key, fence });
}
