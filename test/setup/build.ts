import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { packageRoot } from '../../stack/package-root.js';

/** Children and threads of tests are the compiled programs, as a user has them. Does nothing where `dist/` is what the sources say. */
export async function setup(): Promise<void> {
  await promisify(execFile)(process.execPath, [join(packageRoot(), 'scripts/build.mjs')]);
}
