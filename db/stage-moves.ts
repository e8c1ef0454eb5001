import { and, asc, desc, eq, gt, lt, lte, type SQL } from 'drizzle-orm';
import type { ChampionStore, ModelStage, StageMove } from '../domain/ports/champions.js';
import type { Database, ReadSession, Session } from './client.js';
import { readVersion } from './models.js';
import { onlyRow } from './only-row.js';
import { stageMoves } from './schema/champions.js';
import { modelAliases } from './schema/models.js';
import { storableText } from './storable-text.js';

/** One version of one model. */
export interface VersionName {
  readonly project: string;
  readonly model: string;
  readonly version: number;
}

/** Which versions are live. */
export interface LiveLine {
  readonly champion: number | undefined;
  readonly previous: number | undefined;
}

type Reads = Pick<ChampionStore, 'stage' | 'champion' | 'history' | 'liveAt'>;

export function createStageReads(database: Database): Reads {
  return {
    stage: (project, model, version) =>
      database.query(async (session) => {
        await readVersion(session, project, model, version);
        return readStage(session, { project, model, version });
      }),
    champion: (project, model) =>
      database.query(async (session) => {
        const { champion } = await readLine(session, project, model);
        return champion === undefined ? undefined : readVersion(session, project, model, champion);
      }),
    async history(project, model) {
      const rows = await database.query((session) =>
        session
          .select()
          .from(stageMoves)
          .where(and(...ofModel({ project, model })))
          .orderBy(desc(stageMoves.id)),
      );
      return rows.map(toMove);
    },
    liveAt: (project, model, at) =>
      database.query(async (session) => {
        const champions = [...ofModel({ project, model }), eq(stageMoves.to, 'champion')];
        const move = await first(session, [...champions, lte(stageMoves.at, new Date(at))], 'newest');
        if (!move) return undefined;
        const next = await first(session, [...champions, gt(stageMoves.id, move.id)], 'oldest');
        const before = await first(session, [...champions, lt(stageMoves.id, move.id)], 'newest');
        return {
          version: await readVersion(session, project, model, move.version),
          since: move.at.toISOString(),
          until: next?.at.toISOString() ?? null,
          replaced: before?.version ?? null,
          approval: move.approval,
          by: move.actor,
        };
      }),
  };
}

async function first(session: ReadSession, conditions: readonly SQL[], order: 'newest' | 'oldest') {
  const [row] = await session
    .select()
    .from(stageMoves)
    .where(and(...conditions))
    .orderBy(order === 'newest' ? desc(stageMoves.id) : asc(stageMoves.id))
    .limit(1);
  return row;
}

export async function readStage(session: ReadSession, version: VersionName): Promise<ModelStage> {
  return (await lastMove(session, version))?.to ?? 'registered';
}

export async function lastMove(session: ReadSession, version: VersionName): Promise<StageMove | undefined> {
  const row = await first(session, [...ofModel(version), eq(stageMoves.version, version.version)], 'newest');
  return row && toMove(row);
}

/** By which approval a version became champion last; null for by none. */
export async function approvalOf(session: ReadSession, version: VersionName): Promise<string | null> {
  const { version: number } = version;
  const conditions = [...ofModel(version), eq(stageMoves.version, number), eq(stageMoves.to, 'champion')];
  return (await first(session, conditions, 'newest'))?.approval ?? null;
}

export async function readLine(session: ReadSession, project: string, model: string): Promise<LiveLine> {
  const rows = await session
    .select()
    .from(modelAliases)
    .where(and(eq(modelAliases.project, project), eq(modelAliases.model, model)));
  const named = (wanted: string) => rows.find(({ alias }) => alias === wanted)?.version;
  return { champion: named('champion'), previous: named('previous') };
}

/** Writes one move. That it begins where the version stands, and when it was, is for a trigger to say. */
export async function move(session: Session, step: Omit<StageMove, 'at'>): Promise<StageMove> {
  const rows = await session
    .insert(stageMoves)
    .values({ ...step, reason: storableText(step.reason) })
    .returning();
  return toMove(onlyRow(rows));
}

/** The aliases of a model in place of those it had. */
export async function setLine(
  session: Session,
  project: string,
  model: string,
  line: LiveLine,
): Promise<void> {
  await session
    .delete(modelAliases)
    .where(and(eq(modelAliases.project, project), eq(modelAliases.model, model)));
  const rows = Object.entries(line).flatMap(([alias, version]) =>
    version === undefined ? [] : [{ project, model, alias, version }],
  );
  await session.insert(modelAliases).values(rows);
}

function ofModel({ project, model }: Pick<VersionName, 'project' | 'model'>): SQL[] {
  return [eq(stageMoves.project, project), eq(stageMoves.model, model)];
}

function toMove(row: typeof stageMoves.$inferSelect): StageMove {
  const { id: _, ordinal: __, at, ...step } = row;
  return { ...step, at: at.toISOString() };
}
