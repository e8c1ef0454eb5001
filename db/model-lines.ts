import { and, asc, eq, sql } from 'drizzle-orm';
import { triggersSchema } from '../domain/config/triggers.js';
import { RatchetError } from '../domain/errors/ratchet-error.js';
import type { ModelLine, ModelLineStore } from '../domain/ports/model-lines.js';
import type { Database, Session } from './client.js';
import { lockProject } from './project-lock.js';
import { modelLines } from './schema/tracking.js';
import { storableJson } from './storable-json.js';

export function createModelLineStore(database: Database): ModelLineStore {
  return {
    put: (project, lines) => database.transaction((session) => putLines(session, project, lines)),
    async get(project, model) {
      const [row] = await database.query((session) =>
        session
          .select()
          .from(modelLines)
          .where(and(eq(modelLines.project, project), eq(modelLines.model, model))),
      );
      if (row) return toLine(row);
      throw new RatchetError('MODEL_NOT_FOUND', `project "${project}" has no model "${model}"`, {
        project,
        model,
      });
    },
    async list(project) {
      const rows = await database.query((session) =>
        session
          .select()
          .from(modelLines)
          .where(eq(modelLines.project, project))
          .orderBy(asc(modelLines.model)),
      );
      return rows.map(toLine);
    },
  };
}

async function putLines(session: Session, project: string, lines: readonly ModelLine[]): Promise<void> {
  await lockProject(session, project);
  await session.delete(modelLines).where(eq(modelLines.project, project));
  await session.execute(sql`
    insert into model_lines (project, model, path, commit, owner, triggers, parts)
    select ${project}, model, path, commit, owner, triggers, parts
    from jsonb_to_recordset(${storableJson(lines)}::jsonb)
      as line (model text, path text, commit text, owner text, triggers jsonb, parts jsonb)`);
}

/** What an older row does not have is as where nobody wrote it. */
function toLine({ triggers, ...row }: typeof modelLines.$inferSelect): ModelLine {
  return { ...row, triggers: triggersSchema.parse(triggers) };
}
