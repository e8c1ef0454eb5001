import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { Environment } from '../../domain/ports/environments.js';

/** Some environments are found by a link in the working copy (`node_modules`). */
export async function linkEnvironment(environment: Environment, folder: string): Promise<void> {
  for (const { from, to } of environment.links ?? []) await symlink(to, join(folder, from));
}
