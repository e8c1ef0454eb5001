import { datasetFacts } from '../../domain/policy/facts/dataset-facts.js';
import { evaluationFacts } from '../../domain/policy/facts/evaluation-facts.js';
import type { PolicyFacts } from '../../domain/policy/facts/policy-facts.js';
import type { MergedPolicy } from '../../domain/policy/merge-policies.js';
import { isolationTiers } from '../../domain/ports/launcher.js';
import { associationsOf } from './associations-of.js';
import { championFacts } from './champion-facts.js';
import type { PolicyDeps } from './deps.js';
import { driftOf } from './drift-of.js';
import { type Live, liveChampion } from './live-champion.js';
import type { PolicyJob } from './policy-job.js';

/** Judging a champion takes its model and two datasets: not for nothing. */
const nobodyAsks: Live = { kind: 'none', reason: 'no policy is in force' };

/** Everything that a policy may ask about the version. What cannot be found out is missing with its reason, never left out. */
export async function gatherFacts(
  deps: PolicyDeps,
  job: PolicyJob,
  policy: MergedPolicy,
  place: { readonly folder: string; readonly signal: AbortSignal },
): Promise<PolicyFacts> {
  const { record, configuration, report, manifest } = job;
  const [champion, run] = await Promise.all([
    policy.origins.length === 0 ? nobodyAsks : liveChampion(deps, job),
    deps.runs.get(record.runId),
  ]);
  return {
    ...evaluationFacts(report.evaluation),
    champion: await championFacts(deps, job, champion, place),
    dataset: datasetFacts(manifest, {
      version: record.dataset,
      predictAt: configuration.dataset.predictAt,
      startedAt: run.createdAt,
    }),
    drift: await driftOf(deps, job, champion, place),
    model: {
      algorithm: record.algorithm,
      task: configuration.evaluation.task,
      bytes: record.file.bytes,
      inputs: configuration.evaluation.inputs,
    },
    purpose: configuration.purpose,
    lineage: {
      commit: record.commit,
      configuration: record.configurationDigest,
      environment: record.environmentDigest,
      dataset: manifest.digest,
      model: record.file.sha256,
    },
    history: { version: record.version, testLooks: report.testLooks },
    isolation: {
      tier: record.isolationTier,
      rank: isolationTiers.length - 1 - isolationTiers.indexOf(record.isolationTier),
    },
    associations: await associationsOf(deps, job, policy, place),
  };
}
