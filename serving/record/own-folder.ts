import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { RatchetError } from '../../domain/errors/ratchet-error.js';

const name = 'owner';

/**
 * Makes the folder and takes it: two servers in one folder would write over each other. One that died has left its name
 * behind, which is taken over. Gives how to let go. Error: `SETTING_INVALID` where another server has the folder.
 */
export function ownFolder(folder: string): () => void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, name);
  const own = `${process.pid} ${startOf(process.pid)}`;
  const put = () => writeFileSync(path, own, { flag: 'wx', mode: 0o600 });
  try {
    put();
  } catch (error) {
    if (!isCode(error, 'EEXIST')) throw error;
    const [pid, start] = readFileSync(path, 'utf8').split(' ');
    if (Number(pid) !== process.pid && start !== undefined && startOf(Number(pid)) === start) {
      const text = `RATCHET_SERVING_SPOOL_DIR is ${folder}, which process ${pid} uses, allowed is a folder of its own for each server`;
      throw new RatchetError('SETTING_INVALID', text);
    }
    rmSync(path, { force: true });
    put();
  }
  return () => rmSync(path, { force: true });
}

/** When a process began, which tells it from another of the same number; `gone` where there is none. */
function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? 'gone';
  } catch (error) {
    if (isCode(error, 'ENOENT') || isCode(error, 'ESRCH')) return 'gone';
    throw error;
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
