import { createHash } from 'node:crypto';
import { and, asc, desc, eq, isNull, or, sql } from 'drizzle-orm';
import { canonicalText } from '../domain/canonical-text.js';
import { RatchetError } from '../domain/errors/ratchet-error.js';
import type { PolicyRecord, PolicyStore, PolicyVerdictRecord } from '../domain/ports/policies.js';
import type { Database, ReadSession, Session } from './client.js';
import { explained } from './constraints.js';
import { onlyRow } from './only-row.js';
import { lockProject } from './project-lock.js';
import { policies, policyVerdicts } from './schema/policies.js';

export function createPolicyStore(database: Database): PolicyStore {
  return {
    putInForce: (at, policy) => database.transaction((session) => putInForce(session, at, policy)),
    async inForce(project, model) {
      const [found] = await database.query((session) =>
        session.select().from(policies).where(inForceAt(project, model)),
      );
      return found && toPolicy(found);
    },
    listInForce: (project) => database.query((session) => readInForce(session, project)),
    async putVerdict(verdict) {
      const insert = database.write((session) =>
        session.insert(policyVerdicts).values(verdict).onConflictDoNothing().returning(),
      );
      const [row] = await explained(insert, { policy_verdicts_version: () => unknownVersion(verdict) });
      if (row) return toVerdict(row);
      const rows = await database.query((session) =>
        session.select().from(policyVerdicts).where(eq(policyVerdicts.id, verdict.id)),
      );
      return toVerdict(onlyRow(rows));
    },
    verdict: (project, model, version) =>
      database.query((session) => readVerdict(session, project, model, version)),
  };
}

/** As `PolicyStore.putInForce`, inside of a transaction. */
export async function putInForce(
  session: Session,
  { project, model, commit }: Parameters<PolicyStore['putInForce']>[0],
  policy: Parameters<PolicyStore['putInForce']>[1],
): Promise<void> {
  if (project !== null) await lockProject(session, project);
  else await lockPolicyOfAll(session);
  const digest = policy && createHash('sha256').update(canonicalText(policy), 'utf8').digest('hex');
  const [known] = await session.select().from(policies).where(inForceAt(project, model));
  if ((known?.digest ?? null) === digest) return;
  if (known) {
    const ended = { outOfForceAt: sql`clock_timestamp()` };
    await session.update(policies).set(ended).where(eq(policies.id, known.id));
  }
  if (policy !== null && digest !== null) {
    await session.insert(policies).values({ project, model, digest, policy, commit });
  }
}

/** Until the transaction ends nobody else puts a policy of the organisation in force. Comes after the lock of a project. */
export async function lockPolicyOfAll(session: Session): Promise<void> {
  await session.execute(sql`select pg_advisory_xact_lock(hashtextextended('policies', 0))`);
}

/** As long, for those who only rely on it: they do not wait for each other. */
export async function holdPolicyOfAll(session: Session): Promise<void> {
  await session.execute(sql`select pg_advisory_xact_lock_shared(hashtextextended('policies', 0))`);
}

function inForceAt(project: string | null, model: string | null) {
  return and(
    project === null ? isNull(policies.project) : eq(policies.project, project),
    model === null ? isNull(policies.model) : eq(policies.model, model),
    isNull(policies.outOfForceAt),
  );
}

/** The organisation's first, then those of the project. */
export async function readInForce(session: ReadSession, project: string): Promise<readonly PolicyRecord[]> {
  const rows = await session
    .select()
    .from(policies)
    .where(and(isNull(policies.outOfForceAt), or(isNull(policies.project), eq(policies.project, project))))
    .orderBy(
      sql`${policies.project} asc nulls first`,
      sql`${policies.model} asc nulls first`,
      asc(policies.id),
    );
  return rows.map(toPolicy);
}

export async function readVerdict(
  session: ReadSession,
  project: string,
  model: string,
  version: number,
): Promise<PolicyVerdictRecord | undefined> {
  const [row] = await session
    .select()
    .from(policyVerdicts)
    .where(
      and(
        eq(policyVerdicts.project, project),
        eq(policyVerdicts.model, model),
        eq(policyVerdicts.version, version),
      ),
    )
    .orderBy(desc(policyVerdicts.ordinal))
    .limit(1);
  return row && toVerdict(row);
}

function unknownVersion({ project, model, version }: Omit<PolicyVerdictRecord, 'createdAt'>): RatchetError {
  return new RatchetError('MODEL_NOT_FOUND', `model ${project}/${model} has no version ${version}`, {
    project,
    model,
    version,
  });
}

function toPolicy(row: typeof policies.$inferSelect): PolicyRecord {
  const { project, model, digest, policy, commit, inForceSince } = row;
  return { project, model, digest, policy, commit, inForceSince: inForceSince.toISOString() };
}

function toVerdict(row: typeof policyVerdicts.$inferSelect): PolicyVerdictRecord {
  const { ordinal: _, createdAt, ...verdict } = row;
  return { ...verdict, createdAt: createdAt.toISOString() };
}
