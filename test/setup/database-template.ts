import postgres, { type Sql } from 'postgres';
import { migrate } from '../../db/migrate.js';
import { createDatabase } from '../../stack/parts/postgres-roles.js';

/** The migrated database that others are copied from. Nobody stays connected to it, or it could not be copied. */
export const templateName = 'ratchet_template';

export async function makeTemplate(adminUrl: string, ownerUrl: string): Promise<void> {
  await withAdmin(adminUrl, (sql) => createDatabase(sql, templateName));
  await migrate(inDatabase(ownerUrl, templateName));
}

/** The same address with another database. */
export function inDatabase(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.href;
}

export async function withAdmin<T>(adminUrl: string, work: (sql: Sql) => Promise<T>): Promise<T> {
  const sql = postgres(adminUrl, { max: 1, onnotice: () => undefined });
  try {
    return await work(sql);
  } finally {
    await sql.end({ timeout: 1 });
  }
}
