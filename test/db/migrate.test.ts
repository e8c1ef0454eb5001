import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { drizzle } from 'drizzle-orm/postgres-js';
import { migrate as applyMigrations } from 'drizzle-orm/postgres-js/migrator';
import postgres from 'postgres';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { migrate } from '../../db/migrate.js';
import { nodeArgs } from '../setup/own-program.js';
import { type FreshDatabase, freshDatabase } from '../setup/stack.js';

const root = fileURLToPath(new URL('../..', import.meta.url));

interface Ended {
  readonly code: number | string | null | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the program. */
function program(env: Readonly<Record<string, string>>): Promise<Ended> {
  const settings = { cwd: root, env: { PATH: process.env['PATH'], ...env } };
  return new Promise((resolve) => {
    execFile(process.execPath, nodeArgs('db/migrate-main'), settings, (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : error.code, stdout, stderr }),
    );
  });
}

/** As the schema was before one of its migrations. */
async function migrateBefore(url: string, tag: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'ratchet-migrations-'));
  const sql = postgres(url, { max: 1, onnotice: () => undefined });
  try {
    await cp(join(root, 'db', 'migrations'), folder, { recursive: true });
    const path = join(folder, 'meta', '_journal.json');
    const journal = JSON.parse(await readFile(path, 'utf8')) as { entries: { tag: string }[] };
    const entries = journal.entries.filter((entry) => entry.tag < tag);
    await writeFile(path, JSON.stringify({ ...journal, entries }));
    await applyMigrations(drizzle(sql), { migrationsFolder: folder });
  } finally {
    await sql.end();
    await rm(folder, { recursive: true });
  }
}

describe('migrating', () => {
  let database: FreshDatabase;
  beforeEach(async () => {
    database = await freshDatabase('empty');
  });
  afterEach(() => database.drop());

  const applied = async () => {
    const sql = postgres(database.ownerUrl, { max: 1 });
    try {
      const rows = await sql<{ hash: string }[]>`select hash from drizzle.__drizzle_migrations order by id`;
      return rows.map(({ hash }) => hash);
    } finally {
      await sql.end();
    }
  };

  it('applies each migration once, however many migrate at once', async () => {
    await Promise.all([1, 2, 3, 4].map(() => migrate(database.ownerUrl)));
    const first = await applied();
    expect(new Set(first).size).toBe(first.length);
    expect(first.length).toBeGreaterThan(0);
    await migrate(database.ownerUrl);
    expect(await applied()).toEqual(first);
  });

  it('keeps from the chain that a change was put in force before there was a table for it', async () => {
    await migrateBefore(database.ownerUrl, '0010_applied_changes');
    const sql = postgres(database.ownerUrl, { max: 1 });
    const commit = 'a'.repeat(40);
    const approval = `approval/trips/change@${commit}/1`;
    await sql`
      insert into projects (name, repo, ref, commit, config) values ('trips', '/trips', 'main', ${commit}, '{}')`;
    await sql`
      insert into approvals (id, project, kind, subject, round, digests, stages, author_set, requested_by,
        status, stage, stage_opened_at)
      values (${approval}, 'trips', 'change', ${`change@${commit}`}, 1, '{}', '[]', '{}', 'ann', 'open', 0, now())`;
    await sql`update approvals set status = 'approved' where id = ${approval}`;
    await sql`select audit_append('change.in-force', 'trips', ${approval}, ${sql.json({ commit })})`;
    await migrate(database.ownerUrl);
    expect(await sql`select approval, project, commit from applied_changes`).toEqual([
      { approval, project: 'trips', commit },
    ]);
    expect(await sql`select from audit_events where action = 'change.in-force'`).toHaveLength(1);
    await sql.end();
  });

  it('is not for the application', async () => {
    await expect(migrate(database.appUrl)).rejects.toMatchObject({ name: 'PostgresError', code: '42501' });
  });

  it('is a program that says in one line how it went', async () => {
    const ended = await program({ DATABASE_OWNER_URL: database.ownerUrl });
    expect(ended).toEqual({ code: 0, stdout: 'the database is up to date\n', stderr: '' });
    expect((await applied()).length).toBeGreaterThan(0);
  });

  it('is a program that fails without an address, and never shows one', async () => {
    const without = await program({});
    expect(without).toMatchObject({ code: 1, stdout: '' });
    expect(without.stderr).toMatch(/^DATABASE_OWNER_URL is not set.*\n$/);
    const away = await program({ DATABASE_OWNER_URL: 'postgres://owner:hush@127.0.0.1:1/ratchet' });
    expect(away).toMatchObject({ code: 1, stdout: '' });
    expect(away.stderr).toBe(
      'the database could not be migrated: the database does not answer (ECONNREFUSED)\n',
    );
  });
});
