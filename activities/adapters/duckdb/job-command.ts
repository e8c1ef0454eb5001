import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

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

/**
 * Compiled, the child is `job-process.js` beside this file. From source it is the TypeScript file, read by tsx, and the
 * whole package is readable to it.
 */
export function jobCommand(): JobCommand {
  const here = fileURLToPath(import.meta.url);
  const isSource = here.endsWith('.ts');
  const script = join(dirname(here), isSource ? 'job-process.ts' : 'job-process.js');
  const root = join(dirname(here), isSource ? '../../..' : '../../../..');
  const node = process.execPath;
  if (!isSource)
    return {
      command: [node, '--max-old-space-size=512', script],
      readOnly: [
        dirname(node),
        join(root, 'dist'),
        join(root, 'node_modules'),
        join(root, 'package.json'),
        ...controlGroups,
      ],
    };
  const tsx = pathToFileURL(createRequire(here).resolve('tsx')).href;
  return { command: [node, '--import', tsx, script], readOnly: [dirname(node), root, ...controlGroups] };
}
