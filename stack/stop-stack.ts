import { endProcess, isAlive } from '../machine/process-identity.js';
import { endOrphans } from './recover.js';
import { readStackFile } from './stack-file.js';
import { stackPaths } from './stack-paths.js';

/** What there was to stop. */
export type StopOutcome = 'stopped' | 'orphans ended' | 'nothing ran';

/** Longer than the grace times of all stages together. */
const patienceMs = 60_000;

/** Ends the stack of a state folder, or what a crash of it left. */
export async function stopStack(
  stateDir: string,
  log: (part: string, text: string) => void,
): Promise<StopOutcome> {
  const { stackFile } = stackPaths(stateDir);
  const file = readStackFile(stackFile);
  if (file === undefined) return 'nothing ran';
  const { supervisor } = file;
  const wasRunning = supervisor !== null && isAlive(supervisor);
  if (wasRunning) await endProcess(supervisor, 'SIGTERM', patienceMs);
  const orphans = await endOrphans(readStackFile(stackFile) ?? file, log);
  if (wasRunning) return 'stopped';
  return orphans > 0 ? 'orphans ended' : 'nothing ran';
}
