import { type IsolationReport, type IsolationTier, isolationTiers } from '../../../domain/ports/launcher.js';
import { OutputCapture } from './output-capture.js';
import { runSupervised } from './supervised-process.js';
import type { SupervisorSpec } from './supervisor-protocol.js';

const MIB = 1024 * 1024;

/** Everything about a probe that does not depend on the tier. */
export type ProbePlace = Pick<SupervisorSpec, 'scratch' | 'uidBase' | 'uidCount'>;

interface Finding {
  readonly available: boolean;
  readonly reason: string;
}

const PROMISES: Readonly<Record<IsolationTier, string>> = {
  container: 'runs in a container',
  namespace: 'runs in namespaces of its own, with a root that holds its folders and nothing else',
  uid: 'runs as a user of its own; files and sockets are closed by Landlock and a filter of system calls',
  none: 'limits, a clean environment and what Landlock closes; no promise against hostile code',
};

/** Tries each tier by starting a program in it. `allowed` are the tiers that the settings leave on. */
export async function inspectTiers(
  python: string,
  place: ProbePlace,
  allowed: readonly IsolationTier[],
): Promise<IsolationReport> {
  const tiers: { tier: IsolationTier; available: boolean; reason: string }[] = [];
  for (const tier of isolationTiers) {
    const finding = allowed.includes(tier)
      ? await probe(tier, python, place)
      : { available: false, reason: 'switched off by a setting' };
    tiers.push({ tier, ...finding });
  }
  const best = tiers.find(({ available }) => available)?.tier ?? 'none';
  const mend = mendFor(best, allowed);
  return { tier: best, tiers, ...(mend === undefined ? {} : { mend }) };
}

async function probe(tier: IsolationTier, python: string, place: ProbePlace): Promise<Finding> {
  if (tier === 'container') {
    return { available: false, reason: 'programs are not run in containers by this version' };
  }
  const output = new OutputCapture({ limitBytes: MIB });
  const ending = await runSupervised(python, probeSpec(tier, place), output);
  await output.close();
  if (ending.event === 'refused') return { available: false, reason: ending.message };
  if (ending.event === 'lost') return { available: false, reason: `the supervisor ended with ${ending.by}` };
  if (ending.exitCode === 0) return { available: true, reason: PROMISES[tier] };
  return {
    available: false,
    reason: `/bin/true ended with ${ending.signal ?? `exit code ${ending.exitCode}`}`,
  };
}

function probeSpec(tier: IsolationTier, place: ProbePlace): SupervisorSpec {
  return {
    ...place,
    tier,
    parent: process.pid,
    lease: null,
    key: `probe/${tier}`,
    fence: 0,
    command: ['/bin/true'],
    cwd: '/',
    env: {},
    readOnly: [],
    writable: [],
    devices: [],
    network: 'none',
    limits: { wallMs: 10_000, memoryBytes: 256 * MIB, diskBytes: MIB, processes: 16 },
    graceMs: 0,
  };
}

function mendFor(best: IsolationTier, allowed: readonly IsolationTier[]): string | undefined {
  if (best === 'namespace' || !allowed.includes('namespace')) return undefined;
  const settings = 'sysctl -w user.max_user_namespaces=15000 kernel.apparmor_restrict_unprivileged_userns=0';
  return process.getuid?.() === 0
    ? 'give the worker CAP_SYS_ADMIN (in a container: --cap-add SYS_ADMIN and a seccomp profile that allows unshare)'
    : `allow user namespaces (${settings}), or run the worker as root`;
}
