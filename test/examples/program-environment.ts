import { cp, readFile, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { createEnvironments } from '../../activities/adapters/environments/create-environments.js';
import type { Environment } from '../../domain/ports/environments.js';
import { packageRoot } from '../../stack/package-root.js';

/** Environments are kept between runs of the tests: installing takes longer than all training together. */
const environments = createEnvironments({ stateDir: join(packageRoot(), '.ratchet') });

/** Where a training command runs, and with which variables. */
export interface ProgramPlace {
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
}

/** A folder with Python code and the packages of its requirements.txt. */
export async function pythonPlace(folder: string): Promise<ProgramPlace> {
  const requirements = await readFile(join(folder, 'requirements.txt'), 'utf8');
  const { env } = await environments.prepare({ kind: 'python', requirements }, {});
  return { folder, env };
}

/** A copy of a folder with JavaScript code, with the packages of its lock file. */
export async function nodePlace(source: string, copy: string): Promise<ProgramPlace> {
  const [manifest, lock] = await Promise.all(
    ['package.json', 'package-lock.json'].map((name) => readFile(join(source, name), 'utf8')),
  );
  const environment: Environment = await environments.prepare(
    { kind: 'node', manifest: manifest ?? '', lock: lock ?? '' },
    {},
  );
  await cp(source, copy, { recursive: true, filter: (path) => !path.includes('node_modules') });
  for (const { from, to } of environment.links ?? []) await symlink(to, join(copy, from));
  return { folder: copy, env: environment.env };
}
