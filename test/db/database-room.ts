import postgres, { type Sql } from 'postgres';
import { connect, type Database } from '../../db/client.js';
import { createProjectStore } from '../../db/projects.js';
import { createSigningKeyOwner, type SigningKeyOwner } from '../../db/signing-keys.js';
import { projectConfig } from '../../domain/config/project.js';
import { type FreshDatabase, freshDatabase } from '../setup/stack.js';

/** A migrated database of its own, used as the platform uses it: statements as `ratchet_app`. */
export interface DatabaseRoom {
  readonly ownerUrl: string;
  readonly appUrl: string;
  readonly servingUrl: string;
  readonly database: Database;
  /** For what the application may not do. */
  readonly admin: Sql;
  /** What the owner of the database may do with keys. */
  readonly owner: SigningKeyOwner;
  /** A project that no other test of the file uses. */
  newProject(): Promise<string>;
  close(): Promise<void>;
}

export async function openDatabaseRoom(): Promise<DatabaseRoom> {
  return openRoomIn(await freshDatabase());
}

/** The same in a database that is there. */
export function openRoomIn({ adminUrl, ownerUrl, appUrl, servingUrl, drop }: FreshDatabase): DatabaseRoom {
  const database = connect(appUrl, { poolSize: 6, application: 'test' });
  const ownerDatabase = connect(ownerUrl, { poolSize: 1, application: 'test' });
  const admin = postgres(adminUrl, { max: 1, onnotice: () => undefined });
  let projects = 0;
  return {
    ownerUrl,
    appUrl,
    servingUrl,
    database,
    admin,
    owner: createSigningKeyOwner(ownerDatabase),
    async newProject() {
      projects += 1;
      const name = `project-${projects}`;
      await createProjectStore(database).put({
        name,
        repo: `/repositories/${name}`,
        ref: 'main',
        commit: 'a'.repeat(40),
        config: projectConfig({
          version: 1,
          project: name,
          models: [{ name: 'delay', path: 'delay' }],
          sources: {},
        }),
      });
      return name;
    },
    async close() {
      await database.close();
      await ownerDatabase.close();
      await admin.end();
      await drop();
    },
  };
}
