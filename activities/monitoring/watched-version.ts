import type { EvaluationReport } from '../../domain/lineage/evaluation-report.js';
import type { ModelRegistry } from '../../domain/ports/models.js';
import { modelPathOf, readModelConfig } from '../runs/repository-files.js';
import type { ReferenceDeps } from './deps.js';
import type { WatchedVersion } from './reference-of.js';

/** Where no threshold was tuned, the more probable class is answered. */
const evenThreshold = 0.5;

type Deps = Pick<ReferenceDeps, 'blobs' | 'git' | 'projects'> & {
  readonly registry: Pick<ModelRegistry, 'get' | 'evaluation'>;
};

/** A version with what it was made by and judged by. Errors: those of the stores, of Git and of the configuration. */
export async function watchedVersion(
  { blobs, git, projects, registry }: Deps,
  at: { readonly project: string; readonly model: string; readonly version: string },
): Promise<WatchedVersion> {
  const record = await registry.get(at.project, at.model, at.version);
  const { repo } = await projects.get(at.project);
  const made = { repo, commit: record.commit, project: at.project, model: at.model };
  const modelPath = await modelPathOf(git, made);
  const [config, { report }] = await Promise.all([
    readModelConfig(git, { ...made, modelPath }),
    registry.evaluation(record.evaluationId),
  ]);
  const { evaluation } = (await blobs.getJson(report)) as EvaluationReport;
  return { record, config, threshold: evaluation.threshold ?? evenThreshold };
}
