import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { RatchetError } from '../../domain/errors/ratchet-error.js';
import { bareEnvironment } from '../spawn-part.js';
import type { PostgresHome } from '../stack-file.js';
import { logPath } from '../stack-paths.js';
import type { PartSpec } from '../supervised-part.js';
import type { PartContext } from './part-context.js';
import { clearOrphan, ensureCluster } from './postgres-cluster.js';
import { makePostgresHome, planPostgresHome } from './postgres-home.js';
import { findPostgres } from './postgres-program.js';
import { databaseAnswers, databaseUrls } from './postgres-roles.js';
import { postgresUser } from './postgres-user.js';

export const postgresPorts = ['postgres'] as const;

/** The Postgres server, and where its files are. */
export async function postgresPart(
  context: PartContext,
  known: PostgresHome | null,
): Promise<{ readonly spec: PartSpec; readonly home: PostgresHome }> {
  const { paths, secrets, port } = context;
  const log = (text: string) => context.log('postgres', text);
  const program = await findPostgres();
  const user = postgresUser();
  const home = planPostgresHome(paths.postgres, program, user);
  refuseLostData(known, home);
  makePostgresHome(paths.postgres, program, home);
  if (home.outside !== null && known?.outside !== home.outside) {
    log(`is kept in ${home.outside}, because ${home.reason}`);
  }
  const { admin } = databaseUrls(port('postgres'), secrets);
  const spec: PartSpec = {
    name: 'postgres',
    address: `127.0.0.1:${port('postgres')}`,
    source: `${program.source}: ${home.binaries} (${program.version})`,
    command: {
      program: join(home.binaries, 'postgres'),
      args: ['-D', home.data, ...serverFlags(port('postgres'))],
      env: bareEnvironment('/'),
      cwd: '/',
      ...(user === undefined ? {} : { user }),
    },
    prepare: async () => {
      await ensureCluster(home, program.version, user, secrets.postgresAdmin);
      await clearOrphan(home.data, log);
    },
    ask: () => databaseAnswers(admin),
    startTimeoutMs: 60_000,
    // The fast stop: open transactions are rolled back.
    stopSignal: 'SIGINT',
    stopGraceMs: 8000,
    logFile: logPath(paths, 'postgres'),
    secrets: [],
  };
  return { spec, home };
}

/** A state folder that was moved would start with an empty database, as files outside bear its old name. */
function refuseLostData(known: PostgresHome | null, home: PostgresHome): void {
  if (known === null || known.outside === null || known.data === home.data || !existsSync(known.data)) return;
  const place = dirname(home.data);
  throw new RatchetError(
    'CONFLICT',
    `the database of this state folder is in ${known.outside}, named after the folder's former place; move it: mkdir -p ${place} && mv ${known.data} ${home.data}`,
  );
}

function serverFlags(port: number): readonly string[] {
  const settings = [
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'timezone=UTC',
    'log_timezone=UTC',
    'max_connections=150',
    'jit=off',
  ];
  return ['-p', String(port), ...settings.flatMap((setting) => ['-c', setting])];
}
