import { realpath } from 'node:fs/promises';
import { RatchetError } from '../../domain/errors/ratchet-error.js';
import { runProgram } from '../adapters/processes/run-program.js';

const env = { PATH: process.env['PATH'] ?? '/usr/bin:/bin', LC_ALL: 'C' };
const limits = { timeoutMs: 30_000, maxOutputBytes: 64 * 1024 ** 2 };

/** Paths of the shared libraries of this machine that programs need, sorted. Error: `PART_MISSING` without `ldd`, or without a library. */
export async function sharedLibraries(programs: readonly string[]): Promise<readonly string[]> {
  const found = new Set<string>();
  for (const program of programs) {
    const { exitCode, stdout, stderr } = await runProgram({
      command: 'ldd',
      args: [program],
      env,
      ...limits,
    });
    const lines = stdout.toString('utf8').split('\n');
    const lost = lines.filter((line) => line.includes('not found'));
    if (exitCode !== 0 || lost.length > 0) {
      throw new RatchetError(
        'PART_MISSING',
        `${program} lacks a library: ${lost.join('; ') || stderr.trim()}`,
      );
    }
    for (const line of lines) {
      const path = /(?:=> |^\t)(\/\S+) \(0x/.exec(line)?.[1];
      if (path !== undefined) found.add(path);
    }
  }
  return [...found].toSorted();
}

/**
 * What Debian's package database says of the packages that these files came from, in its own form, so that a scan of an
 * image knows them. Empty where the machine has no such database.
 */
export async function packageRecords(paths: readonly string[], status: string): Promise<string> {
  const packages = new Set<string>();
  for (const path of paths) {
    // A library may be known by where it lay before /lib became a link.
    for (const name of new Set([path, await realpath(path), path.replace(/^\/usr/, '')])) {
      const { stdout } = await runProgram({ command: 'dpkg-query', args: ['-S', name], env, ...limits });
      const owner = /^([^\s:,]+)/.exec(stdout.toString('utf8'))?.[1];
      if (owner !== undefined) packages.add(owner);
    }
  }
  const records = status
    .split('\n\n')
    .filter((record) => packages.has(/^Package: (.+)$/m.exec(record)?.[1] ?? ''));
  return records.map((record) => `${record.trim()}\n\n`).join('');
}
