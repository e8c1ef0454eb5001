import { RatchetError } from '../domain/errors/ratchet-error.js';
import type { NewModelVersion } from '../domain/ports/models.js';

/** What a model version lacks, by the constraint or column the database refused it for. */
const pieces: Readonly<Record<string, string>> = {
  run_id: 'a run',
  model_versions_run: 'a run of this model',
  algorithm: 'an algorithm',
  model_versions_algorithm: 'an algorithm',
  commit: 'a code commit',
  model_versions_commit: 'a code commit',
  configuration_digest: 'a configuration digest',
  model_versions_configuration: 'a configuration digest',
  environment_digest: 'an environment digest',
  model_versions_environment: 'an environment digest',
  isolation_tier: 'an isolation tier',
  model_versions_tier: 'an isolation tier',
  dataset: 'a dataset version',
  dataset_version: 'a dataset version',
  dataset_digest: 'a dataset version',
  model_versions_dataset: 'a dataset version',
  evaluation_id: 'an evaluation',
  model_versions_evaluation: 'an evaluation of this file on this dataset version by this run',
  model_digest: 'a model file',
  file: 'a model file',
  model_versions_file: 'a model file',
  model_versions_digest: 'a model file',
  interface: 'an interface with named inputs and outputs',
  model_versions_interface: 'an interface with named inputs and outputs',
  card: 'a model card',
  model_versions_card: 'a model card',
  model_version_views_view: 'feature views that are those of its dataset',
  model_version_views_complete: 'every feature view of its dataset',
};

/** The refusals of the registry as errors that name the missing piece. */
export function untraceable(version: NewModelVersion): Readonly<Record<string, () => RatchetError>> {
  const { project, model, runId } = version;
  const refuse = (missing: string) => () =>
    new RatchetError(
      'NOT_TRACEABLE',
      `the registry takes no version of ${project}/${model} without ${missing}`,
      {
        project,
        model,
        runId,
        missing,
      },
    );
  return Object.fromEntries(Object.entries(pieces).map(([name, missing]) => [name, refuse(missing)]));
}
