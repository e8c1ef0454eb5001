import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type { LiveRevision } from '../../domain/lifecycle/release-serving.js';
import { encodeRows } from '../../inference/codec/encode.js';
import { planInputs } from '../../inference/codec/input-plan.js';
import { note, reportProgress } from '../steps/current-step.js';
import { askInfer } from './ask-infer.js';
import { compareAnswers } from './compare-answers.js';
import type { DeployDeps } from './deps.js';
import { inFolder } from './in-folder.js';
import { mostSampleRows, sampleRows } from './sample-rows.js';
import { withVersionModel } from './version-model.js';

type Deps = Pick<DeployDeps, 'blobs' | 'datasets' | 'registry' | 'takeHost' | 'workDir'>;

/**
 * Asks the endpoint at its own address for rows that the platform holds, and compares its answers with the platform's own
 * run of the model file. Errors: `ANSWERS_DIFFER`, also where it answers with another version or there are no rows;
 * `PART_UNAVAILABLE` where it does not answer.
 */
export async function verifyRevision(
  deps: Deps,
  { project, plan, deployed }: LiveRevision,
  signal: AbortSignal,
): Promise<void> {
  const { at } = deployed.observed;
  if (at === null) throw new RatchetError('ANSWERS_DIFFER', 'the revision is deployed and has no address');
  const version = await deps.registry.get(project, plan.model, String(plan.modelVersion));
  await inFolder(deps.workDir, 'verify', async (folder) => {
    const most = Math.min(mostSampleRows, deployed.wanted.limits.mostQueuedRows);
    const { columns, count } = await sampleRows(deps, { project, ...plan.samples, most, folder });
    const order = plan.samples.inputs;
    reportProgress(`asking ${at.http} for ${count} rows`);
    const own = await withVersionModel(deps, version, { folder, signal }, async (model) => ({
      inputs: encodeRows(planInputs(model.interface.inputs, order), columns, 0, count),
      answers: await model.run(columns, { order }),
    }));
    const asked = { at, model: plan.model, version: version.version, outputs: [...own.answers.values()] };
    const theirs = await askInfer({ ...asked, inputs: own.inputs }, signal);
    note(compareAnswers(own.answers, theirs, count));
  });
}
