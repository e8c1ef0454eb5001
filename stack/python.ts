import { spawnSync } from 'node:child_process';

/** A Python interpreter that runs. */
export interface Python {
  readonly command: string;
  readonly version: string;
  /** Whether it can make virtual environments with pip in them. */
  readonly hasVenv: boolean;
}

const names = ['python3', 'python3.14', 'python3.13', 'python3.12', 'python3.11', 'python3.10'];
const probe = [
  'import sys, importlib.util as u',
  'print("%d.%d.%d" % sys.version_info[:3], all(u.find_spec(m) for m in ("venv", "ensurepip")))',
].join('\n');

/** Every interpreter of 3.10 or newer on PATH, in order of preference: those that can make environments first. */
export function findPythons(): readonly Python[] {
  const found = names.flatMap((command): Python[] => {
    // A shim of a version manager is on PATH even where it has no interpreter behind it, so each is run.
    const { status, stdout } = spawnSync(command, ['-c', probe], { encoding: 'utf8', timeout: 10_000 });
    const match = status === 0 ? /^(3\.(\d+)\.\d+) (True|False)/.exec(stdout) : null;
    if (match?.[1] === undefined || Number(match[2]) < 10) return [];
    return [{ command, version: match[1], hasVenv: match[3] === 'True' }];
  });
  return found.toSorted((a, b) => Number(b.hasVenv) - Number(a.hasVenv));
}
