import type { ModelRegistry } from '../../domain/ports/models.js';

/** A registry that remembers what it was given to judge. */
export interface EvaluationWatch {
  readonly registry: ModelRegistry;
  /** Where there is more than one evaluation of a run, model file and dataset version. */
  doubles(): string[];
}

export function watchEvaluations(registry: ModelRegistry): EvaluationWatch {
  const ids = new Map<string, Set<string>>();
  return {
    registry: {
      ...registry,
      putEvaluation: async (evaluation) => {
        const { runId, modelDigest, datasetDigest, id } = evaluation;
        const judged = `${runId}, model ${modelDigest.slice(0, 8)}, dataset ${datasetDigest.slice(0, 8)}`;
        ids.set(judged, (ids.get(judged) ?? new Set()).add(id));
        return registry.putEvaluation(evaluation);
      },
    },
    doubles: () =>
      [...ids].filter(([, own]) => own.size > 1).map(([judged]) => `two evaluations of ${judged}`),
  };
}
