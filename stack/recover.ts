import { RatchetError } from '../domain/errors/ratchet-error.js';
import { endProcess, isAlive } from '../machine/process-identity.js';
import type { StackFile } from './stack-file.js';

/** Ends parts that a crashed supervisor left. A number that another process got since is left alone. */
export async function endOrphans(
  file: StackFile,
  log: (part: string, text: string) => void,
): Promise<number> {
  const orphans = Object.entries(file.parts).flatMap(([name, part]) =>
    part.process !== null && isAlive(part.process) ? [{ name, process: part.process }] : [],
  );
  await Promise.all(
    orphans.map(async ({ name, process }) => {
      log(name, `an orphan of a crash runs as process ${process.pid}, ending it`);
      await endProcess(process, name === 'postgres' ? 'SIGINT' : 'SIGTERM', 10_000);
    }),
  );
  return orphans.length;
}

/** Error: `CONFLICT` where the state folder's stack is running. */
export function refuseSecond(stateDir: string, file: StackFile | undefined): never {
  const pid = file?.supervisor?.pid;
  const who = pid === undefined ? 'another process' : `process ${pid}`;
  throw new RatchetError(
    'CONFLICT',
    `a stack runs in ${stateDir} already, by ${who}; see it with: ratchet status --state-dir '${stateDir}', end it with: ratchet down --state-dir '${stateDir}'`,
    { stateDir },
  );
}
