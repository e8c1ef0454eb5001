import { messageOf } from '../../domain/errors/ratchet-error.js';
import { planPostgresHome, strandedFolders } from '../parts/postgres-home.js';
import { findPostgres } from '../parts/postgres-program.js';
import { postgresUser } from '../parts/postgres-user.js';
import type { StackPaths } from '../stack-paths.js';
import { type Finding, missing, ok, weak } from './finding.js';

/** The server, the user it runs as, and where its files go: as root in a closed home, outside of it. */
export async function postgresFindings(paths: StackPaths): Promise<readonly Finding[]> {
  try {
    const program = await findPostgres();
    const user = postgresUser();
    const home = planPostgresHome(paths.postgres, program, user);
    const as = user === undefined ? 'as you' : 'as nobody, because it refuses root';
    const where = home.outside === null ? home.data : `${home.data}, because ${home.reason}`;
    return [
      ok('postgres', `${program.source}: ${program.binaries} (${program.version}), runs ${as}`),
      ok('postgres files', where),
      ...(user === undefined ? [] : strandedFolders()).map((folder) =>
        weak('postgres files left', `${folder} belongs to a state folder that is gone`, `rm -rf ${folder}`),
      ),
    ];
  } catch (error) {
    const text = messageOf(error);
    return [missing('postgres', text, text.split('; mend it: ')[1] ?? 'apt-get install postgresql')];
  }
}
