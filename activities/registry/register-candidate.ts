import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { cardMarkdown } from '../../domain/card/card-markdown.js';
import { type ModelCard, modelCard } from '../../domain/card/model-card.js';
import type { TrainedConfig } from '../../domain/config/model.js';
import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type { RegisterCandidateInput } from '../../domain/lifecycle/train-model.js';
import type { EvaluationReport } from '../../domain/lineage/evaluation-report.js';
import type { BlobRef } from '../../domain/ports/blobs.js';
import type { DatasetManifest } from '../../domain/ports/datasets.js';
import type { IsolationTier } from '../../domain/ports/launcher.js';
import type { ModelVersionRecord } from '../../domain/ports/models.js';
import { readManifest } from '../data/read-manifest.js';
import { reportProgress } from '../steps/current-step.js';
import { allEnded } from '../training/all-ended.js';
import { readConfiguration } from '../training/read-configuration.js';
import type { RegistryDeps } from './deps.js';

/**
 * Staged file to blob, then card, then row; at last, where nothing comes after it, the run's row and the staging. Each is
 * the same when done again, and an attempt that found the staging gone had registered before.
 */
export async function registerCandidate(
  deps: RegistryDeps,
  input: RegisterCandidateInput,
): Promise<{ version: number }> {
  reportProgress('registering the version');
  const { version } = await register(deps, input).catch((error: unknown) =>
    registeredBefore(deps, input, error),
  );
  if (input.isJudgedNext === true) return { version };
  await Promise.all([
    deps.runs.setStatus(input.runId, 'succeeded', `registered as version ${version}`),
    deps.blobs.deleteStaged(`runs/${input.runId}/`),
  ]);
  return { version };
}

/** The version of this run, where that is why its staging is gone. */
async function registeredBefore(
  deps: RegistryDeps,
  input: RegisterCandidateInput,
  error: unknown,
): Promise<ModelVersionRecord> {
  if (!(error instanceof RatchetError) || error.code !== 'BLOB_MISSING') throw error;
  const versions = await deps.registry.list(input.project, input.model);
  const registered = versions.find(({ runId }) => runId === input.runId);
  if (registered) return registered;
  throw error;
}

async function register(deps: RegistryDeps, input: RegisterCandidateInput): Promise<ModelVersionRecord> {
  const parts = [
    readConfiguration(deps.blobs, input.plan),
    readManifest(deps, input),
    readReport(deps, input.judged.evaluationId),
    keepModel(deps, input.candidate.model),
  ] as const;
  await allEnded(parts);
  const [configuration, manifest, report, file] = await Promise.all(parts);
  const card = modelCard({ ...cardFacts(input, configuration, manifest, file), report });
  return putVersion(deps, input, { configuration, manifest, file, report, card: await keepCard(deps, card) });
}

async function readReport(deps: RegistryDeps, evaluationId: string): Promise<EvaluationReport> {
  const { report } = await deps.registry.evaluation(evaluationId);
  return (await deps.blobs.getJson(report)) as EvaluationReport;
}

async function putVersion(
  deps: RegistryDeps,
  input: RegisterCandidateInput,
  parts: {
    configuration: TrainedConfig;
    manifest: DatasetManifest;
    file: BlobRef;
    report: EvaluationReport;
    card: BlobRef;
  },
): Promise<ModelVersionRecord> {
  return deps.registry.register({
    project: input.project,
    model: input.model,
    runId: input.runId,
    algorithm: parts.configuration.training.algorithm,
    commit: input.plan.commit,
    configurationDigest: input.plan.configuration.sha256,
    environmentDigest: input.plan.inputs.environment,
    isolationTier: input.candidate.tier,
    dataset: { name: input.dataset.name, version: input.dataset.version },
    features: parts.manifest.features.map(({ name, version }) => ({ name, version })),
    evaluationId: input.judged.evaluationId,
    file: parts.file,
    interface: parts.report.interface,
    card: parts.card,
  });
}

function cardFacts(
  input: RegisterCandidateInput,
  configuration: TrainedConfig,
  manifest: DatasetManifest,
  file: BlobRef,
) {
  const tier: IsolationTier = input.candidate.tier;
  return {
    project: input.project,
    runId: input.runId,
    commit: input.plan.commit,
    configurationDigest: input.plan.configuration.sha256,
    environmentDigest: input.plan.inputs.environment,
    isolationTier: tier,
    datasetVersion: input.dataset.version,
    configuration,
    manifest,
    file,
  };
}

/** The bytes go through this machine, so that the object under the digest is what was judged. */
async function keepModel(deps: RegistryDeps, staged: BlobRef): Promise<BlobRef> {
  const folder = await mkdtemp(join(deps.workDir, 'register-'));
  try {
    const path = join(folder, 'model.onnx');
    await deps.blobs.fetchFile(staged, path);
    return await deps.blobs.putFile(path);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The card is one object: JSON for programs with the Markdown for people inside. */
async function keepCard(deps: RegistryDeps, card: ModelCard): Promise<BlobRef> {
  return deps.blobs.putJson({ card, markdown: cardMarkdown(card) });
}
