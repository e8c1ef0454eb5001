import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { packageRoot } from '../../stack/package-root.js';
import { commitAll } from './commit-all.js';

/** Says on its log how long the model's own command took, in nanoseconds. The argument tells its process from others. */
const timed = `#!/bin/sh
began=$(date +%s%N)
python3 train.py "$1"
code=$?
echo "command $(($(date +%s%N) - began))"
exit $code
`;

/** A repository with the smallest model there is: its training copies a file, and tells on its log how long that took. */
export async function createTinyProject(folder: string, { epochs } = { epochs: 0 }): Promise<string> {
  await cp(join(packageRoot(), 'test/fixtures/tiny-model'), folder, { recursive: true });
  await writeFile(join(folder, 'training/timed.sh'), timed, { mode: 0o755 });
  const file = join(folder, 'models/tiny/ratchet.yaml');
  const text = await readFile(file, 'utf8');
  const changed = text
    .replace('command: [python3, train.py]', `command: [sh, timed.sh, ${JSON.stringify(folder)}]`)
    .replace('{ epochs: 0,', `{ epochs: ${epochs},`);
  await writeFile(file, changed);
  await commitAll(folder);
  return folder;
}

/** What `timed.sh` said on the log. */
export function commandMs(log: string): number {
  const nanoseconds = /^command (\d+)$/m.exec(log)?.[1];
  if (nanoseconds === undefined) throw new Error('the log does not say how long the command took');
  return Number(nanoseconds) / 1e6;
}
