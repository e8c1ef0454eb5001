import { identify, signalProcess } from '../../../machine/process-identity.js';
import { supervised } from '../../../serving/heed-supervisor.js';
import type { ChaosStack } from '../chaos/chaos-stack.js';
import { treeOf } from '../chaos/process-table.js';

const hostProgram = `/serving/main.js ${supervised}`;

/** Processes that answer for endpoints of this stack. */
export function hostsOf({ stack, watch }: ChaosStack): readonly number[] {
  const supervisor = stack.parts()['endpoints']?.process?.pid;
  if (supervisor === undefined) return [];
  const table = watch.look();
  const below = [...treeOf([supervisor], table)];
  return below.filter((pid) => table.processes.get(pid)?.command.endsWith(hostProgram));
}

/** Kills one of them with SIGKILL; undefined where there is none at the moment. */
export function strikeHost(chaos: ChaosStack): number | undefined {
  const [pid] = hostsOf(chaos);
  const victim = pid === undefined ? undefined : identify(pid);
  if (victim === undefined || !signalProcess(victim, 'SIGKILL')) return undefined;
  return victim.pid;
}
