import { and, asc, eq, notInArray, sql } from 'drizzle-orm';
import type { AccountStore, MemberRecord } from '../domain/ports/accounts.js';
import type { Database, ReadSession, Session } from './client.js';
import { lockProject } from './project-lock.js';
import { members } from './schema/members.js';

/** Members of projects. Under the lock of the project: what a promotion asks of members holds until it is done. */
export function createMembers(
  database: Database,
): Pick<AccountStore, 'putMembers' | 'members' | 'memberships'> {
  return {
    putMembers: (project, commit, wanted) =>
      database.transaction((session) => putMembers(session, project, commit, wanted)),
    members: (project) => database.query((session) => readMembers(session, project)),
    memberships: (account) =>
      database.query((session) =>
        session.select().from(members).where(eq(members.account, account)).orderBy(asc(members.project)),
      ),
  };
}

/** As `AccountStore.putMembers`, inside of a transaction. */
export async function putMembers(
  session: Session,
  project: string,
  commit: string,
  wanted: Parameters<AccountStore['putMembers']>[2],
): Promise<void> {
  await lockProject(session, project);
  const names = wanted.map(({ account }) => account);
  const gone = names.length === 0 ? undefined : notInArray(members.account, names);
  await session.delete(members).where(and(eq(members.project, project), gone));
  if (wanted.length === 0) return;
  const rows = wanted.map(({ account, roles, emails }) => ({
    project,
    account,
    roles,
    emails: emails.map((email) => email.toLowerCase()),
    commit,
  }));
  await session
    .insert(members)
    .values(rows)
    .onConflictDoUpdate({
      target: [members.project, members.account],
      set: { roles: sql`excluded.roles`, emails: sql`excluded.emails`, commit },
    });
}

export async function readMembers(session: ReadSession, project: string): Promise<readonly MemberRecord[]> {
  return session.select().from(members).where(eq(members.project, project)).orderBy(asc(members.account));
}
