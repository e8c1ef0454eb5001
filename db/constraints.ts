import postgres from 'postgres';
import type { RatchetError } from '../domain/errors/ratchet-error.js';
import { databaseFailure } from './connection-failures.js';

/** The constraint the server refused a statement by; for "not null" its column. */
function refusedBy(error: unknown): string | undefined {
  const failure = databaseFailure(error);
  if (!(failure instanceof postgres.PostgresError)) return undefined;
  return failure.constraint_name ?? failure.column_name;
}

/** Runs the work; a refusal by one of the named constraints becomes the error that stands beside the name. */
export async function explained<T>(
  work: Promise<T>,
  explanations: Readonly<Record<string, () => RatchetError>>,
): Promise<T> {
  try {
    return await work;
  } catch (error) {
    const name = refusedBy(error);
    const explanation =
      name !== undefined && Object.hasOwn(explanations, name) ? explanations[name] : undefined;
    throw explanation ? explanation() : error;
  }
}
