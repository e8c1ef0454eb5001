import { messageOf, RatchetError } from '../../../domain/errors/ratchet-error.js';

/** Asks the engine; null where it answers with one of these statuses. Error: `PART_UNAVAILABLE` with what it said. */
export async function askUnless<T>(
  statuses: readonly number[],
  what: string,
  asked: () => Promise<T>,
): Promise<T | null> {
  try {
    return await asked();
  } catch (error) {
    if (error instanceof RatchetError || isAborted(error)) throw error;
    const { statusCode } = error as { readonly statusCode?: unknown };
    if (typeof statusCode === 'number' && statuses.includes(statusCode)) return null;
    throw new RatchetError('PART_UNAVAILABLE', `${what}: ${reasonOf(error)}`, {}, { cause: error });
  }
}

/** Asks the engine. Error: `PART_UNAVAILABLE` with what it said. */
export async function ask<T>(what: string, asked: () => Promise<T>): Promise<T> {
  // Nothing is excused, so nothing becomes null.
  return (await askUnless([], what, asked)) as T;
}

const isAborted = (error: unknown) => error instanceof Error && error.name === 'AbortError';

function reasonOf(error: unknown): string {
  const { json } = error as { readonly json?: { readonly message?: unknown } };
  return typeof json?.message === 'string' ? json.message : messageOf(error);
}
