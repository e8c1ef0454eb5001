import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ownProgram } from '../../../machine/own-program.js';

const here = fileURLToPath(import.meta.url);
const root = join(dirname(here), here.endsWith('.ts') ? '../../..' : '../../../..');

/**
 * DuckDB reads the limits of its control group as it opens, and dies where the files are there and may not be read.
 * They tell of the machine only.
 */
const controlGroups = ['/sys/fs/cgroup'].filter((path) => existsSync(path));

/** How the child process is started, and the folders it must be able to read. */
export interface JobCommand {
  readonly command: readonly string[];
  readonly readOnly: readonly string[];
}

/** The child's program; from source it is read by a loader, and the whole package is readable to it. */
export function jobCommand(): JobCommand {
  const node = process.execPath;
  const { file, execArgv } = ownProgram(import.meta.url, './job-process');
  if (execArgv.length > 0)
    return { command: [node, ...execArgv, file], readOnly: [dirname(node), root, ...controlGroups] };
  const read = ['dist', 'node_modules', 'package.json'].map((name) => join(root, name));
  return {
    command: [node, '--max-old-space-size=512', file],
    readOnly: [dirname(node), ...read, ...controlGroups],
  };
}
