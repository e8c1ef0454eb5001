import { and, eq } from 'drizzle-orm';
import { RatchetError } from '../domain/errors/ratchet-error.js';
import type { EndpointName } from '../domain/ports/deployment-target.js';
import type { EndpointRecord } from '../domain/ports/endpoints.js';
import type { ReadSession, Session } from './client.js';
import { endpoints } from './schema/endpoints.js';

export function named({ project, endpoint }: EndpointName) {
  return and(eq(endpoints.project, project), eq(endpoints.endpoint, endpoint));
}

export async function readEndpoint(session: ReadSession, name: EndpointName): Promise<EndpointRecord> {
  const [row] = await session.select().from(endpoints).where(named(name));
  if (row) return toEndpoint(row);
  throw unknownEndpoint(name);
}

/** Holds the endpoint until the transaction ends: whoever changes what becomes of it waits for whoever does. */
export async function lockEndpoint(session: Session, name: EndpointName): Promise<EndpointRecord> {
  const [row] = await session.select().from(endpoints).where(named(name)).for('no key update');
  if (row) return toEndpoint(row);
  throw unknownEndpoint(name);
}

export function unknownEndpoint({ project, endpoint }: EndpointName): RatchetError {
  return new RatchetError('ENDPOINT_NOT_FOUND', `project "${project}" has no endpoint "${endpoint}"`, {
    project,
    endpoint,
  });
}

export function toEndpoint({ createdAt: _, ...row }: typeof endpoints.$inferSelect): EndpointRecord {
  return {
    ...row,
    retiredAt: row.retiredAt?.toISOString() ?? null,
    updatedAt: row.updatedAt.toISOString(),
  };
}
