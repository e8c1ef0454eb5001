import { createHash } from 'node:crypto';
import type { JudgedCandidate } from '../../domain/lifecycle/train-model.js';
import type { EvaluationReport } from '../../domain/lineage/evaluation-report.js';
import type { EvaluationDeps } from './deps.js';
import type { EvaluationJob } from './evaluation-job.js';
import { measuredValues } from './measured-values.js';

/** Counts a look at the test split, once a judgement: to be done before its numbers can be read. Gives all looks so far. */
export function countTestLook(
  { registry }: Pick<EvaluationDeps, 'registry'>,
  job: EvaluationJob,
): Promise<number> {
  return registry.countTestLook(job.project, job.model, job.dataset.digest, evaluationId(job));
}

/** What was found out, as one stored report and one row. */
export async function keepReport(
  deps: Pick<EvaluationDeps, 'blobs' | 'registry' | 'runs'>,
  job: EvaluationJob,
  found: Omit<EvaluationReport, 'modelDigest' | 'datasetDigest'>,
): Promise<JudgedCandidate> {
  const id = evaluationId(job);
  const modelDigest = job.candidate.model.sha256;
  const datasetDigest = job.dataset.digest;
  const report: EvaluationReport = { modelDigest, datasetDigest, ...found };
  const metrics = measuredValues(found.evaluation.splits.test.metrics);
  const keep = async () => {
    const stored = await deps.blobs.putJson(report);
    await deps.registry.putEvaluation({
      id,
      runId: job.runId,
      modelDigest,
      datasetDigest,
      report: stored,
      metrics,
    });
  };
  await Promise.all([keep(), deps.runs.putScores(job.runId, metrics)]);
  return { evaluationId: id, metrics };
}

/** Equal judgements of one run have one id, so that judging twice is one evaluation. */
function evaluationId(job: EvaluationJob): string {
  const parts = [job.runId, job.candidate.model.sha256, job.dataset.digest, job.plan.inputs.evaluation];
  return createHash('sha256').update(parts.join('\n')).digest('hex');
}
