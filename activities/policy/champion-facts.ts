import { join } from 'node:path';
import type { EvaluationConfig } from '../../domain/config/model.js';
import { RatchetError } from '../../domain/errors/ratchet-error.js';
import { metricFacts } from '../../domain/policy/facts/evaluation-facts.js';
import type { Fact, MetricFacts, PolicyFacts } from '../../domain/policy/facts/policy-facts.js';
import { openModel } from '../../inference/model-host.js';
import { answerRows } from '../evaluation/answer-splits.js';
import { checkFile } from '../evaluation/check-file.js';
import { evaluateInThread } from '../evaluation/evaluate-in-thread.js';
import { modelPathOf, readModelConfig } from '../runs/repository-files.js';
import type { PolicyDeps } from './deps.js';
import type { Live } from './live-champion.js';
import type { PolicyJob } from './policy-job.js';
import { sharedRows } from './shared-rows.js';

type Champion = Extract<Live, { kind: 'live' }>;

interface Place {
  readonly folder: string;
  readonly signal: AbortSignal;
}

/** As for every model that the platform runs. */
const modelLimits = { deadlineMs: 10 * 60_000, memoryBytes: 4 * 1024 ** 3 };

/**
 * What the champion would have said of the candidate's test rows, judged as the candidate was. Where it cannot be
 * asked, or has learned from one of those rows, its numbers are missing, with the reason.
 */
export async function championFacts(
  deps: PolicyDeps,
  job: PolicyJob,
  champion: Live,
  place: Place,
): Promise<PolicyFacts['champion']> {
  if (champion.kind === 'none') return { missing: champion.reason };
  return { version: champion.record.version, metrics: await metricsOf(deps, job, champion, place) };
}

/** Errors after which waiting does not help: the champion cannot be compared, and that is an answer. */
const notComparable: readonly string[] = [
  'BLOB_MISSING',
  'CONFIG_INVALID',
  'CONFIG_MISSING',
  'DATA_TYPE',
  'GIT_NOT_FOUND',
  'METRIC_UNDEFINED',
  'MODEL_HOSTILE',
  'MODEL_INTERFACE',
  'MODEL_LOAD',
  'MODEL_NOT_FOUND',
  'MODEL_RUN',
  'MODEL_TIMEOUT',
];

async function metricsOf(
  deps: PolicyDeps,
  job: PolicyJob,
  champion: Champion,
  place: Place,
): Promise<Fact<MetricFacts>> {
  try {
    const test = join(place.folder, 'test.parquet');
    await deps.blobs.fetchFile(job.manifest.files.test, test);
    const learned = await sharedRows(deps, job, champion, { ...place, test });
    if (learned !== undefined) return { missing: learned };
    return await judged(deps, job, champion, { ...place, test });
  } catch (error) {
    if (error instanceof RatchetError && notComparable.includes(error.code))
      return { missing: `the champion could not be judged on these rows: ${error.code}: ${error.message}` };
    throw error;
  }
}

/** Its threshold is tuned on its own validation rows, as it was when it was registered. */
async function judged(
  deps: PolicyDeps,
  job: PolicyJob,
  { record, manifest }: Champion,
  { folder, signal, test }: Place & { readonly test: string },
): Promise<MetricFacts> {
  const evaluation = await evaluationOf(deps, record.project, record);
  const file = join(folder, 'champion.onnx');
  const own = join(folder, 'champion-validation.parquet');
  await Promise.all([
    deps.blobs.fetchFile(record.file, file),
    deps.blobs.fetchFile(manifest.files.validation, own),
  ]);
  await checkFile(file, evaluation);
  const model = await openModel(file, modelLimits, deps.takeHost);
  const stop = () => void model.close();
  signal.addEventListener('abort', stop, { once: true });
  try {
    const { label } = job.configuration.dataset;
    const asked = { evaluation: { ...evaluation, slices: [] }, label };
    const validation = await answerRows(model, asked, own);
    const onTest = await answerRows(model, asked, test);
    const { seed } = job.configuration.training;
    // No fact is about the training rows; the validation rows stand in their place.
    const splits = { train: validation, validation, test: onTest };
    const found = await evaluateInThread({ task: evaluation.task, splits, seed }, signal);
    return metricFacts(found.splits.test.metrics);
  } finally {
    signal.removeEventListener('abort', stop);
    await model.close();
  }
}

/** How the champion is asked, from its own commit: inputs may have changed since. */
async function evaluationOf(
  deps: PolicyDeps,
  project: string,
  { commit, model }: Champion['record'],
): Promise<EvaluationConfig> {
  const { repo } = await deps.projects.get(project);
  const modelPath = await modelPathOf(deps.git, { repo, commit, project, model });
  return (await readModelConfig(deps.git, { repo, commit, modelPath, model })).evaluation;
}
