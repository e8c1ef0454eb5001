import { eq } from 'drizzle-orm';
import { RatchetError } from '../domain/errors/ratchet-error.js';
import type { Session } from './client.js';
import { projects } from './schema/projects.js';

/**
 * Holds the project until the transaction ends, so that what counts up inside it (versions, looks) counts without
 * gaps and without doubles. Readers and other projects do not wait. Error: `PROJECT_NOT_FOUND`.
 */
export async function lockProject(session: Session, name: string): Promise<void> {
  const [row] = await session
    .select({ name: projects.name })
    .from(projects)
    .where(eq(projects.name, name))
    .for('no key update');
  if (!row) throw unknownProject(name);
}

export function unknownProject(name: string): RatchetError {
  return new RatchetError('PROJECT_NOT_FOUND', `there is no project "${name}"`, { project: name });
}
