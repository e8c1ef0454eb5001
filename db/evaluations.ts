import { and, count, eq } from 'drizzle-orm';
import { RatchetError } from '../domain/errors/ratchet-error.js';
import type { EvaluationRecord, ModelRegistry } from '../domain/ports/models.js';
import type { Database } from './client.js';
import { explained } from './constraints.js';
import { onlyRow } from './only-row.js';
import { lockProject } from './project-lock.js';
import { unknownRun } from './run-records.js';
import { evaluations, testLooks } from './schema/evaluations.js';

type Evaluations = Pick<ModelRegistry, 'putEvaluation' | 'evaluation' | 'countTestLook'>;

/** Judgements of model files, and how often each test split was looked at for them. */
export function createEvaluations(database: Database): Evaluations {
  const read = async (id: string): Promise<EvaluationRecord> => {
    const [row] = await database.query((session) =>
      session.select().from(evaluations).where(eq(evaluations.id, id)),
    );
    if (row) return toRecord(row);
    throw new RatchetError('NOT_FOUND', `there is no evaluation "${id}"`, { evaluationId: id });
  };
  return {
    evaluation: read,
    async putEvaluation({ id, runId, modelDigest, datasetDigest, report, metrics }) {
      const work = database.write((session) =>
        session
          .insert(evaluations)
          .values({ id, runId, modelDigest, datasetDigest, report, metrics })
          // Of either unique key: writers that race may meet the one or the other.
          .onConflictDoNothing()
          .returning(),
      );
      const [put] = await explained(work, { evaluations_run: () => unknownRun(runId) });
      if (put) return toRecord(put);
      const stored = await read(id);
      const same =
        stored.runId === runId &&
        stored.modelDigest === modelDigest &&
        stored.datasetDigest === datasetDigest;
      if (same) return stored;
      throw new RatchetError(
        'CONFLICT',
        `evaluation "${id}" is there already, of another run, model or dataset`,
        {
          evaluationId: id,
        },
      );
    },
    countTestLook: (project, model, datasetDigest, evaluationId) =>
      database.transaction(async (session) => {
        await lockProject(session, project);
        await session
          .insert(testLooks)
          .values({ project, model, datasetDigest, evaluationId })
          .onConflictDoNothing();
        const ofSplit = and(
          eq(testLooks.project, project),
          eq(testLooks.model, model),
          eq(testLooks.datasetDigest, datasetDigest),
        );
        return onlyRow(await session.select({ looks: count() }).from(testLooks).where(ofSplit)).looks;
      }),
  };
}

function toRecord(row: typeof evaluations.$inferSelect): EvaluationRecord {
  return { ...row, createdAt: row.createdAt.toISOString() };
}
