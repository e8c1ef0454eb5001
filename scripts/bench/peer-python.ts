import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createEnvironments } from '../../activities/adapters/environments/create-environments.js';
import { packageRoot } from '../../stack/package-root.js';

/** The Python of an environment with pinned requirements, which is made once on a machine. Errors: those of making it. */
export async function peerPython(requirementsFile: string): Promise<string> {
  const requirements = await readFile(requirementsFile, 'utf8');
  const environments = createEnvironments({ stateDir: join(packageRoot(), '.ratchet') });
  const { env } = await environments.prepare({ kind: 'python', requirements }, {});
  return join((env['PATH'] ?? '').split(':')[0] ?? '', 'python');
}
