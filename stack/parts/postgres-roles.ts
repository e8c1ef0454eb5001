import postgres, { type Sql } from 'postgres';
import type { StackSecrets } from '../stack-secrets.js';
import { adminRole } from './postgres-cluster.js';

export const databaseName = 'ratchet';

/** Connection addresses of the embedded server. */
export interface DatabaseUrls {
  /** Superuser: makes databases and roles. For the stack, the demo and tests, never for a process. */
  readonly admin: string;
  readonly owner: string;
  readonly app: string;
  readonly serving: string;
}

export function databaseUrls(port: number, secrets: StackSecrets): DatabaseUrls {
  const url = (role: string, password: string) =>
    `postgres://${role}:${password}@127.0.0.1:${port}/${databaseName}`;
  return {
    admin: url(adminRole, secrets.postgresAdmin).replace(/[^/]*$/, 'postgres'),
    owner: url('ratchet_owner', secrets.postgresOwner),
    app: url('ratchet_app', secrets.postgresApp),
    serving: url('ratchet_serving', secrets.postgresServing),
  };
}

/** True when the server answers a query of ours. */
export async function databaseAnswers(adminUrl: string): Promise<boolean> {
  return withAdmin(adminUrl, async (sql) => {
    await sql`select 1`;
    return true;
  });
}

/** Makes roles and database where they are not there, and sets passwords to those of the secrets file. */
export async function ensureRoles(adminUrl: string, secrets: StackSecrets): Promise<void> {
  const roles = [
    ['ratchet_owner', secrets.postgresOwner],
    ['ratchet_app', secrets.postgresApp],
    ['ratchet_serving', secrets.postgresServing],
  ] as const;
  await withAdmin(adminUrl, async (sql) => {
    for (const [role, password] of roles) {
      const [found] = await sql`select 1 from pg_roles where rolname = ${role}`;
      const verb = found === undefined ? 'create' : 'alter';
      // Passwords are hex of our own making, so quoting is enough; the statement takes no parameters.
      await sql.unsafe(
        `${verb} role ${role} login nosuperuser nocreatedb nocreaterole password '${password}'`,
      );
    }
    const [found] = await sql`select 1 from pg_database where datname = ${databaseName}`;
    if (found === undefined) await createDatabase(sql, databaseName);
  });
}

/** A database of the owner that only Ratchet's own roles may connect to. `template` is copied if given. */
export async function createDatabase(sql: Sql, name: string, template = 'template0'): Promise<void> {
  await sql`create database ${sql(name)} owner ratchet_owner template ${sql(template)}`;
  await sql`revoke all on database ${sql(name)} from public`;
  await sql`grant connect on database ${sql(name)} to ratchet_app, ratchet_serving`;
}

async function withAdmin<T>(url: string, work: (sql: Sql) => Promise<T>): Promise<T> {
  const sql = postgres(url, { max: 1, connect_timeout: 5, onnotice: () => undefined });
  try {
    return await work(sql);
  } finally {
    await sql.end({ timeout: 1 });
  }
}
