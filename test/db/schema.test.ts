import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import postgres from 'postgres';
import { describe, expect, it } from 'vitest';
import { freshDatabase } from '../setup/stack.js';
import { schemaText } from './schema-text.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const migrations = join(root, 'db', 'migrations');

describe('the schema', () => {
  it('is the one that is checked in', async () => {
    const database = await freshDatabase();
    const sql = postgres(database.ownerUrl, { max: 1 });
    const text = await schemaText(sql);
    await sql.end();
    await database.drop();
    await expect(text).toMatchFileSnapshot(join(root, 'db', 'schema.sql'));
  });

  it('is declared in the code as the migrations make it', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'ratchet migrations '));
    try {
      const out = join(folder, 'out');
      cpSync(migrations, out, { recursive: true });
      const kit = join(root, 'node_modules', 'drizzle-kit', 'bin.cjs');
      const declared = ['--dialect', 'postgresql', '--schema', './db/schema/*.ts', '--casing', 'snake_case'];
      const flags = [...declared, '--out', relative(root, out)];
      const { stdout } = await promisify(execFile)(process.execPath, [kit, 'generate', ...flags], {
        cwd: root,
      });
      expect(stdout).toContain('No schema changes');
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('has migrations in rising order, as only newer ones than the last are run', () => {
    const journal = JSON.parse(readFileSync(join(migrations, 'meta', '_journal.json'), 'utf8')) as {
      entries: { idx: number; tag: string; when: number }[];
    };
    const { entries } = journal;
    expect(entries.map(({ when }) => when)).toEqual(entries.map(({ when }) => when).sort((a, b) => a - b));
    const files = readdirSync(migrations).filter((name) => name.endsWith('.sql'));
    expect(files.sort()).toEqual(entries.map(({ tag }) => `${tag}.sql`));
    expect(files.map((name) => Number(name.slice(0, 4)))).toEqual(entries.map(({ idx }) => idx));
  });
});
