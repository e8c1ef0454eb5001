import { asc, eq, sql } from 'drizzle-orm';
import { withGoverned } from '../domain/changes/governed-parts.js';
import { secondOrganisation } from '../domain/changes/second-organisation.js';
import { projectConfig } from '../domain/config/project.js';
import { RatchetError } from '../domain/errors/ratchet-error.js';
import type { GovernedInForce, ProjectRecord, ProjectStore } from '../domain/ports/projects.js';
import type { Database, ReadSession, Session } from './client.js';
import { explained } from './constraints.js';
import { putMembers } from './members.js';
import { onlyRow } from './only-row.js';
import { lockPolicyOfAll, putInForce, readInForce } from './policies.js';
import { lockProject, unknownProject } from './project-lock.js';
import { appliedChanges } from './schema/applied-changes.js';
import { projects } from './schema/projects.js';

export function createProjectStore(database: Database): ProjectStore {
  return {
    async put(project, governed) {
      if (governed === undefined) return database.write((session) => putRow(session, project));
      const put = database.transaction((session) => putTogether(session, project, governed));
      const { approval } = governed;
      return explained(put, {
        applied_changes_pkey: () =>
          notByIt(project, `${approval} has put it in force before, and counts once`),
        change_is_approved: () => notByIt(project, `${approval} does not approve commit ${project.commit}`),
      });
    },
    putModels: (project) => database.transaction((session) => putModels(session, project)),
    async hasApplied(approval) {
      const rows = await database.query((session) =>
        session
          .select({ at: appliedChanges.at })
          .from(appliedChanges)
          .where(eq(appliedChanges.approval, approval)),
      );
      return rows.length > 0;
    },
    async get(name) {
      const [row] = await database.query((session) =>
        session.select().from(projects).where(eq(projects.name, name)),
      );
      if (row) return toRecord(row);
      throw unknownProject(name);
    },
    async list() {
      const rows = await database.query((session) =>
        session.select().from(projects).orderBy(asc(projects.name)),
      );
      return rows.map(toRecord);
    },
    organisation: () => database.query(readOrganisation),
  };
}

type Row = Parameters<ProjectStore['put']>[0];

async function putRow(session: Session, { name, repo, ref, commit, config }: Row): Promise<ProjectRecord> {
  const [row] = await session
    .insert(projects)
    .values({ name, repo, ref, commit, config })
    .onConflictDoUpdate({
      target: projects.name,
      set: { ref, commit, config, updatedAt: sql`now()` },
      setWhere: eq(projects.repo, repo),
    })
    .returning();
  if (row) return toRecord(row);
  throw ofAnotherRepository(name);
}

async function putTogether(
  session: Session,
  project: Row,
  { members, policies, organisation = null, after, approval }: GovernedInForce,
): Promise<ProjectRecord> {
  const { name, commit, config } = project;
  const [known] = await session.select().from(projects).where(eq(projects.name, name)).for('no key update');
  if (known && known.repo !== project.repo) throw ofAnotherRepository(name);
  if ((known?.commit ?? null) !== after) {
    throw new RatchetError(
      'CONFLICT',
      `project "${name}" has ${known?.commit ?? 'nothing'} in force, and not ${after ?? 'nothing'} as when this was read`,
      { project: name, inForce: known?.commit ?? null, after },
    );
  }
  if (config.organisation) await refuseSecond(session, name);
  const put = await putRow(session, project);
  if (approval !== null) await session.insert(appliedChanges).values({ approval, project: name, commit });
  await putMembers(session, name, commit, members);
  const inForce = (await readInForce(session, name)).flatMap((one) =>
    one.project === name && one.model !== null ? [one.model] : [],
  );
  for (const model of new Set([...inForce, ...Object.keys(policies)])) {
    await putInForce(session, { project: name, model, commit }, policies[model] ?? null);
  }
  if (config.organisation || known?.config.organisation)
    await putInForce(session, { project: null, model: null, commit }, organisation);
  return put;
}

/** Two that are put at once wait for each other here; the index on the table is for whoever does not come this way. */
async function refuseSecond(session: Session, name: string): Promise<void> {
  await lockPolicyOfAll(session);
  const first = await readOrganisation(session);
  if (first === undefined || first.name === name) return;
  throw secondOrganisation(first.name, name);
}

async function readOrganisation(session: ReadSession): Promise<ProjectRecord | undefined> {
  const [row] = await session
    .select()
    .from(projects)
    .where(sql`${projects.config} -> 'organisation' = 'true'`);
  return row && toRecord(row);
}

async function putModels(
  session: Session,
  { name, repo, ref, config }: Parameters<ProjectStore['putModels']>[0],
): Promise<ProjectRecord> {
  await lockProject(session, name);
  const known = onlyRow(await session.select().from(projects).where(eq(projects.name, name)));
  if (known.repo !== repo) throw ofAnotherRepository(name);
  const set = { ref, config: withGoverned(config, known.config), updatedAt: sql`now()` };
  return toRecord(
    onlyRow(await session.update(projects).set(set).where(eq(projects.name, name)).returning()),
  );
}

function notByIt({ name }: Row, why: string): RatchetError {
  return new RatchetError('CONFLICT', `the change of project "${name}" is not put in force: ${why}`, {
    project: name,
  });
}

function ofAnotherRepository(name: string): RatchetError {
  return new RatchetError('CONFLICT', `project "${name}" belongs to another repository`, { project: name });
}

function toRecord(row: typeof projects.$inferSelect): ProjectRecord {
  const { name, repo, ref, commit, config, updatedAt } = row;
  return { name, repo, ref, commit, config: projectConfig(config), updatedAt: updatedAt.toISOString() };
}
