import { Client, Connection } from '@temporalio/client';
import { inDatabase, withAdmin } from '../../setup/database-template.js';
import type { Written } from './search.js';

/** Every row of every table of every database, as text. */
export async function writtenInDatabase(adminUrl: string): Promise<readonly Written[]> {
  const databases = await withAdmin(
    adminUrl,
    (sql) => sql`select datname from pg_database where datallowconn`,
  );
  const all = await Promise.all(databases.map(({ datname }) => tablesOf(adminUrl, String(datname))));
  return all.flat();
}

async function tablesOf(adminUrl: string, database: string): Promise<readonly Written[]> {
  return await withAdmin(inDatabase(adminUrl, database), async (sql) => {
    const tables = await sql`select format('%I.%I', nspname, relname) as name from pg_class
      join pg_namespace on pg_namespace.oid = relnamespace where relkind in ('r', 'm')`;
    const written: Written[] = [];
    for (const { name } of tables) {
      const rows = await sql.unsafe(`select t::text as line from ${name} as t`);
      const text = rows.map(({ line }) => line).join('\n');
      written.push({ place: 'database', name: `${database} ${name}`, bytes: Buffer.from(text) });
    }
    return written;
  });
}

/** Every event of every workflow of the namespace, with its payloads decoded. */
export async function writtenInHistories(address: string, namespace: string): Promise<readonly Written[]> {
  const connection = await Connection.connect({ address });
  const client = new Client({ connection, namespace });
  const written: Written[] = [];
  for await (const { workflowId, runId } of client.workflow.list()) {
    const history = await client.workflow.getHandle(workflowId, runId).fetchHistory();
    written.push({ place: 'history', name: workflowId, bytes: Buffer.concat([...leavesOf(history)]) });
  }
  await connection.close();
  return written;
}

function* leavesOf(value: unknown): Generator<Uint8Array> {
  if (value instanceof Uint8Array) yield value;
  else if (typeof value === 'string') yield Buffer.from(`${value}\n`);
  else if (typeof value === 'object' && value !== null) {
    for (const [name, item] of Object.entries(value)) {
      yield Buffer.from(`${name}\n`);
      yield* leavesOf(item);
    }
  }
}
