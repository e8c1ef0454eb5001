import { realpathSync, statSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { z } from 'zod';
import { RatchetError } from '../../../domain/errors/ratchet-error.js';
import { runProgram } from '../processes/run-program.js';
import { installerEnvironment } from './installer.js';

const probeShape = z.object({
  /** The interpreter itself, not a shim of a version manager. */
  path: z.string(),
  version: z.string().regex(/^\d+\.\d+\.\d+/),
  tag: z.string(),
  platform: z.string(),
  hasVenv: z.boolean(),
  /** Folders it needs. */
  folders: z.array(z.string()),
});

/** An interpreter, as it describes itself. */
export type Interpreter = z.infer<typeof probeShape>;

// A name on PATH may be a shim of a version manager, and an interpreter may stand in a virtual environment: only the
// interpreter itself knows where it is. The libraries it maps tell which folders it needs beside its own.
const probe = `
import importlib.util, json, os, platform, sys, sysconfig
for name in ('ssl', 'sqlite3', 'ctypes', 'zlib', 'bz2', 'lzma', 'readline'):
    try: __import__(name)
    except ImportError: pass
base = os.path.realpath(getattr(sys, '_base_executable', None) or sys.executable)
maps = [line.split(None, 5) for line in open('/proc/self/maps')] if os.path.exists('/proc/self/maps') else []
libraries = {os.path.dirname(row[5].strip()) for row in maps if len(row) == 6 and '.so' in row[5]}
folders = {sys.base_prefix, sys.base_exec_prefix, os.path.dirname(base), *libraries,
           *(sysconfig.get_path(name) for name in ('stdlib', 'platstdlib'))}
print(json.dumps({'path': base, 'version': platform.python_version(), 'tag': sys.implementation.cache_tag,
    'platform': sysconfig.get_platform(), 'hasVenv': all(importlib.util.find_spec(n) for n in ('venv', 'ensurepip')),
    'folders': sorted(os.path.realpath(f) for f in folders if f and os.path.isdir(f))}))
`;

const names = ['python3.13', 'python3.12', 'python3.11', 'python3.10', 'python3'];

/**
 * The interpreter for environments: the one that is asked for (by default in `RATCHET_PYTHON`), else the newest from 3.10 to 3.13 on PATH, else
 * `python3`, that can make a virtual environment. A process of root prefers one that other users can reach, as it runs
 * training under another user. Error: `PART_MISSING`.
 */
export async function findInterpreter(
  asked: string | undefined = process.env['RATCHET_PYTHON'],
): Promise<Interpreter> {
  const tried: string[] = [];
  let hidden: Interpreter | undefined;
  for (const command of asked === undefined ? candidates() : [asked]) {
    const python = await describe(command);
    const reason = typeof python === 'string' ? python : unfit(python);
    if (reason !== undefined) tried.push(`${command} (${reason})`);
    if (typeof python === 'string' || reason !== undefined) continue;
    if (asked !== undefined || process.getuid?.() !== 0 || openToOthers(python.path)) return python;
    hidden ??= python;
  }
  if (hidden !== undefined) return hidden;
  const mend =
    'install Python 3.10 or newer with venv (on Debian: apt-get install python3-venv), or set RATCHET_PYTHON';
  throw new RatchetError(
    'PART_MISSING',
    `no Python here can make environments; tried ${tried.join(', ') || 'none'}; ${mend}`,
  );
}

function candidates(): readonly string[] {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder.startsWith('/'));
  const seen = new Set<string>();
  return names.flatMap((name) =>
    folders
      .map((folder) => join(folder, name))
      .filter((path) => {
        const real = realOf(path);
        // Shims are one file under many names and answer by the name they are called.
        if (real === undefined || seen.has(`${real} ${name}`)) return false;
        seen.add(`${real} ${name}`);
        return true;
      }),
  );
}

function realOf(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}

/** What the interpreter says of itself, or why it says nothing. */
async function describe(command: string): Promise<Interpreter | string> {
  const { exitCode, stdout, stderr } = await runProgram({
    command,
    args: ['-I', '-c', probe],
    env: installerEnvironment(process.env),
    timeoutMs: 20_000,
    maxOutputBytes: 64 * 1024,
  });
  if (exitCode !== 0) return stderr.trim().split('\n').at(0)?.slice(0, 100) || 'does not run';
  return describedBy(stdout.toString('utf8')) ?? 'does not describe itself';
}

/** Whatever is called python may say anything. */
function describedBy(text: string): Interpreter | undefined {
  try {
    return probeShape.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

function unfit({ version, hasVenv }: Interpreter): string | undefined {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major !== 3 || minor < 10) return `is ${version}`;
  return hasVenv ? undefined : 'has no venv';
}

function openToOthers(path: string): boolean {
  if ((statSync(path).mode & 0o005) !== 0o005) return false;
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    if ((statSync(folder).mode & 0o001) === 0) return false;
    if (folder === dirname(folder)) return true;
  }
}
