import { fileURLToPath } from 'node:url';
import { drizzle } from 'drizzle-orm/postgres-js';
import { migrate as applyMigrations } from 'drizzle-orm/postgres-js/migrator';
import postgres from 'postgres';
import { databaseFailure } from './connection-failures.js';

const migrationsFolder = fileURLToPath(new URL('./migrations', import.meta.url));

/** Any number will do, as long as every migrating process takes the same. */
const lockNumber = 7_274_268;

/**
 * Brings the schema up to date, forward only. Several at once: one migrates, the others wait and find nothing to do.
 * Needs the role that owns the database. Errors: `PART_UNAVAILABLE`, or what the server refused.
 */
export async function migrate(ownerUrl: string): Promise<void> {
  const options = { max: 1, connect_timeout: 10, onnotice: () => undefined };
  const lock = postgres(ownerUrl, options);
  const runner = postgres(ownerUrl, options);
  try {
    await lock.begin(async (tx) => {
      await tx`select pg_advisory_xact_lock(${lockNumber})`;
      await applyMigrations(drizzle(runner), { migrationsFolder });
    });
  } catch (error) {
    throw databaseFailure(error);
  } finally {
    await Promise.all([lock.end({ timeout: 5 }), runner.end({ timeout: 5 })]);
  }
}
