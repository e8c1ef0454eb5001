import { hash } from 'node:crypto';
import { join } from 'node:path';
import postgres, { type Sql } from 'postgres';
import { createAuditLog } from '../../db/audit-log.js';
import { connect } from '../../db/client.js';
import { migrate } from '../../db/migrate.js';
import { verifyAudit } from '../../db/verify-audit.js';
import { chainText, genesisHash } from '../../domain/audit/chain-text.js';
import { startStack } from '../../stack/start-stack.js';
import type { BenchReport } from './figures.js';

const rows = 1_000_000;
const batch = 20_000;
const limitS = 30;

/** `audit verify` over a chain of a million rows, on an embedded Postgres of its own. */
export async function benchAudit(folder: string): Promise<BenchReport> {
  const stateDir = join(folder, 'state');
  const log = () => undefined;
  const stack = await startStack({ stateDir, processes: false, ui: false, fresh: true, log });
  try {
    await migrate(stack.database.owner);
    const owner = postgres(stack.database.owner, { max: 1, onnotice: () => undefined });
    const seedS = await seconds(() => seed(owner));
    await owner.end();
    const database = connect(stack.database.app, { poolSize: 1, application: 'bench' });
    const audit = createAuditLog(database);
    const head = await audit.head();
    let whole = false;
    const verifyS = await seconds(async () => {
      const report = await verifyAudit(audit.rows(1), { head });
      whole = report.rows === rows && report.findings.length === 0;
    });
    await database.close();
    if (!whole) throw new Error('the chain that was made is not whole, so nothing was measured');
    return {
      name: 'audit',
      about: `a chain of ${rows} rows, read and hashed anew`,
      figures: [{ what: 'audit verify', value: verifyS, unit: 's', limit: limitS }],
      notes: [`made in ${seedS.toFixed(0)} s`],
    };
  } finally {
    await stack.stop();
  }
}

async function seconds(work: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}

/** Rows as triggers write them. The hashes are computed here, as each is made of the one before. */
async function seed(owner: Sql): Promise<void> {
  const details = JSON.stringify({ ref: 'main', model: 'delay', causes: [{ by: 'ann', kind: 'manual' }] });
  const indexes = await owner<{ name: string }[]>`
    select indexname as name from pg_indexes where tablename = 'audit_events' and indexname <> 'audit_events_pkey'`;
  for (const { name } of indexes) await owner`drop index ${owner(name)}`;
  let previous = genesisHash;
  for (let from = 0; from < rows; from += batch) {
    const before = previous;
    const hashes: string[] = [];
    for (let seq = from + 1; seq <= from + batch; seq += 1) {
      const at = new Date(seq * 1000).toISOString();
      const what = { actor: 'ann', action: 'run.created', project: 'bench', subject: `run-${seq}` };
      previous = hash('sha256', chainText({ seq, at, ...what, details, previous }), 'hex');
      hashes.push(previous);
    }
    await owner`
      insert into audit_events
      select ${from}::bigint + n, to_timestamp(${from}::bigint + n), 'ann', 'run.created', 'bench',
        'run-' || (${from}::bigint + n), ${details}, coalesce(lag(hash) over (order by n), ${before}), hash
      from generate_series(1, ${batch}::int) n
      join unnest(${hashes}::text[]) with ordinality as made (hash, place) on place = n
      order by n`;
  }
  await owner`update audit_head set seq = ${rows}, hash = ${previous}`;
  await owner`vacuum analyze audit_events`;
}
