import { RatchetError } from '../../../domain/errors/ratchet-error.js';
import type { BlobRef } from '../../../domain/ports/blobs.js';
import { isolationTiers } from '../../../domain/ports/launcher.js';
import type {
  EvaluationRecord,
  ModelRegistry,
  ModelVersionRecord,
  NewModelVersion,
} from '../../../domain/ports/models.js';
import { type MemoryState, now, requireProject, requireRun } from './memory-state.js';

const hex = (length: number) => new RegExp(`^[0-9a-f]{${length}}$`);
const isBlob = ({ uri, sha256 }: BlobRef) => uri !== '' && hex(64).test(sha256);

export function createMemoryModels(state: MemoryState): ModelRegistry {
  const { evaluations, versions } = state;
  const looks = new Set<string>();
  const of = (project: string, model: string) =>
    versions
      .filter((one) => one.project === project && one.model === model)
      .map((one) => ({ ...one, alias: aliasOf(state, one) }));
  return {
    async putEvaluation(evaluation) {
      requireRun(state, evaluation.runId);
      const stored = evaluations.get(evaluation.id) ?? { ...evaluation, createdAt: now() };
      const parts = ['runId', 'modelDigest', 'datasetDigest'] as const;
      if (parts.some((part) => stored[part] !== evaluation[part])) {
        throw new RatchetError('CONFLICT', `evaluation "${evaluation.id}" is there already`);
      }
      evaluations.set(evaluation.id, stored);
      return stored;
    },
    async evaluation(id) {
      const found = evaluations.get(id);
      if (found) return found;
      throw new RatchetError('NOT_FOUND', `there is no evaluation "${id}"`);
    },
    async countTestLook(project, model, datasetDigest, evaluationId) {
      const split = JSON.stringify([project, model, datasetDigest]);
      looks.add(`${split} ${evaluationId}`);
      return [...looks].filter((look) => look.startsWith(`${split} `)).length;
    },
    async register(version) {
      requireProject(state, version.project);
      const known = of(version.project, version.model).find(({ runId }) => runId === version.runId);
      if (known) return known;
      const evaluation = evaluations.get(version.evaluationId);
      const missing = whatIsMissing(state, version, evaluation);
      if (missing !== undefined || !evaluation) {
        throw new RatchetError('NOT_TRACEABLE', `the registry takes no version without ${missing}`, {
          missing,
        });
      }
      const number = of(version.project, version.model).length + 1;
      const { metrics } = evaluation;
      const record = { ...version, version: number, alias: null, metrics, createdAt: now() };
      versions.push(record);
      return record;
    },
    async get(project, model, versionOrAlias) {
      const number = /^[0-9]{1,9}$/.test(versionOrAlias) ? Number(versionOrAlias) : undefined;
      const found = of(project, model).find(({ version, alias }) =>
        number === undefined ? alias === versionOrAlias : version === number,
      );
      if (found) return found;
      throw new RatchetError('MODEL_NOT_FOUND', `model ${project}/${model} has no "${versionOrAlias}"`);
    },
    list: async (project, model) =>
      versions
        .filter((one) => (project ?? one.project) === one.project && (model ?? one.model) === one.model)
        .map((one) => ({ ...one, alias: aliasOf(state, one) }))
        .reverse(),
  };
}

/** Where it stands, where that is a name. */
function aliasOf({ moves }: MemoryState, { project, model, version }: ModelVersionRecord): string | null {
  const last = moves.findLast(
    (move) => move.project === project && move.model === model && move.version === version,
  );
  return last?.to === 'champion' || last?.to === 'previous' ? last.to : null;
}

/** What the tables of the database would refuse the version for, in their words. */
function whatIsMissing(
  state: MemoryState,
  version: NewModelVersion,
  evaluation: EvaluationRecord | undefined,
): string | undefined {
  const run = state.runs.get(version.runId);
  const dataset = state.datasets.find(
    ({ record }) =>
      record.project === version.project &&
      record.name === version.dataset.name &&
      record.version === version.dataset.version,
  );
  const named = (views: readonly { readonly name: string; readonly version: number }[]) =>
    views.map((view) => `${view.name} ${view.version}`).sort();
  const used = named(dataset?.views ?? []);
  const given = named(version.features);
  const judged =
    evaluation?.runId === version.runId &&
    evaluation.modelDigest === version.file.sha256 &&
    evaluation.datasetDigest === dataset?.record.digest;
  const holds: readonly (readonly [string, boolean])[] = [
    ['an algorithm', version.algorithm !== ''],
    ['a code commit', hex(40).test(version.commit)],
    ['a configuration digest', hex(64).test(version.configurationDigest)],
    ['an environment digest', hex(64).test(version.environmentDigest)],
    ['an isolation tier', isolationTiers.includes(version.isolationTier)],
    ['an interface with named inputs and outputs', hasInterface(version)],
    ['a model file', isBlob(version.file)],
    ['a model card', isBlob(version.card)],
    ['a run of this model', run?.project === version.project && run.model === version.model],
    ['a dataset version', dataset !== undefined],
    ['an evaluation of this file on this dataset version by this run', judged],
    ['feature views that are those of its dataset', given.every((view) => used.includes(view))],
    ['every feature view of its dataset', used.every((view) => given.includes(view))],
  ];
  return holds.find(([, held]) => !held)?.[0];
}

function hasInterface({ interface: { inputs, outputs } }: NewModelVersion): boolean {
  return inputs.length > 0 && outputs.length > 0;
}
