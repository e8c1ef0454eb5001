import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import postgres from 'postgres';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { examine } from '../../stack/doctor/examine.js';
import { makePostgresHome, outsideFolder, planPostgresHome } from '../../stack/parts/postgres-home.js';
import { findPostgres } from '../../stack/parts/postgres-program.js';
import { postgresUser } from '../../stack/parts/postgres-user.js';
import { stackStatus } from '../../stack/stack-status.js';
import { startStack } from '../../stack/start-stack.js';
import { withoutSettings } from '../setup/settings-free.js';
import { makeHome, removeHome } from './fixtures/state-folder.js';

const isRoot = process.getuid?.() === 0;
let home = '';
let state = '';

beforeEach(() => {
  home = makeHome(0o700);
  state = join(home, 'state');
});

afterEach(() => removeHome(home));

/** Temporal and S3 are said to run elsewhere, so that only the database starts. */
const elsewhere = { TEMPORAL_ADDRESS: '127.0.0.1:1', RATCHET_S3_ENDPOINT: 'http://127.0.0.1:1' };

const start = (fresh = false) =>
  startStack({
    stateDir: state,
    processes: false,
    ui: false,
    fresh,
    env: { ...withoutSettings(process.env), ...elsewhere },
    log: () => undefined,
  });

describe.runIf(isRoot)('as root in a 0700 home', () => {
  it('keeps the database outside, says so, finds it again, and --fresh removes it', async () => {
    const first = await start();
    const outside = stackStatus(state).outside;
    const data = join(outside?.folder ?? '', 'data');
    const sql = postgres(first.database.owner, { max: 1, onnotice: () => undefined });
    await sql`create table kept (value int)`;
    await sql.end();
    await first.stop();
    expect(outside?.reason).toContain(home);
    expect(statSync(data).uid).toBe(postgresUser()?.uid);
    expect(existsSync(join(state, 'postgres', 'data'))).toBe(false);
    const findings = await examine(state, process.env);
    expect(findings.find(({ name }) => name === 'postgres files')?.found).toContain(data);

    const second = await start();
    const again = postgres(second.database.owner, { max: 1 });
    expect(await again`select count(*)::int as rows from kept`).toEqual([{ rows: 0 }]);
    await again.end();
    await second.stop();

    const third = await start(true);
    const empty = postgres(third.database.owner, { max: 1 });
    await expect(empty`select 1 from kept`).rejects.toThrow('does not exist');
    await empty.end();
    await third.stop();
  });

  it('moves a database along when its folder is closed after the first start', async () => {
    chmodSync(home, 0o711);
    const first = await start();
    const sql = postgres(first.database.owner, { max: 1 });
    await sql`create table kept (value int)`;
    await sql.end();
    await first.stop();
    expect(stackStatus(state).outside).toBeNull();

    chmodSync(home, 0o700);
    const second = await start();
    const again = postgres(second.database.owner, { max: 1 });
    expect(await again`select count(*)::int as rows from kept`).toEqual([{ rows: 0 }]);
    await again.end();
    await second.stop();
    expect(stackStatus(state).outside?.folder).toBe(outsideFolder(join(state, 'postgres')));
  });

  it('copies the programs where they lie in the closed home as well, as a clone there would have them', async () => {
    const found = await findPostgres();
    const tree = join(home, 'node_modules', 'native');
    cpSync(found.tree, tree, { recursive: true, verbatimSymlinks: true });
    const program = { ...found, tree, binaries: join(tree, 'bin') };
    const user = postgresUser();
    const folder = join(state, 'postgres');
    mkdirSync(folder, { recursive: true });
    const plan = planPostgresHome(folder, program, user);
    makePostgresHome(folder, program, plan);
    const version = execFileSync(join(plan.binaries, 'postgres'), ['--version'], {
      ...user,
      cwd: '/',
      encoding: 'utf8',
    });
    execFileSync('rm', ['-rf', outsideFolder(folder)]);
    expect(plan.binaries.startsWith(outsideFolder(folder))).toBe(true);
    expect(version).toContain(found.version);
  });
});

describe.skipIf(isRoot)('as anybody else in a 0700 home', () => {
  it('keeps the database inside', async () => {
    const stack = await start();
    await stack.stop();
    expect(stackStatus(state).outside).toBeNull();
  });
});
