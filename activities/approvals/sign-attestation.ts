import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type { SignAttestationInput } from '../../domain/lifecycle/promote-model.js';
import type { BlobRef } from '../../domain/ports/blobs.js';
import { payloadTypes } from '../../domain/signing/envelope.js';
import { modelStatement } from '../../domain/signing/model-statement.js';
import type { PromotionDeps } from './deps.js';

/**
 * Says under a signature what a version is made of and who let it in. The bytes of the model are read once more: what
 * does not have its digest any more is not attested. Errors: `NOT_TRACEABLE`, `PROMOTION_REFUSED`, those of the signer.
 */
export async function signAttestation(deps: PromotionDeps, input: SignAttestationInput): Promise<BlobRef> {
  const { project, model, approval: id } = input;
  const [version, { repo }, verdict, approval, votes] = await Promise.all([
    deps.registry.get(project, model, String(input.version)),
    deps.projects.get(project),
    deps.policies.verdict(project, model, input.version),
    id === null ? null : deps.approvals.get(id),
    id === null ? [] : deps.approvals.votes(id),
  ]);
  if (verdict === undefined)
    throw new RatchetError('NOT_TRACEABLE', `no policy has judged ${project}/${model}@${input.version}`);
  const [evaluation] = await Promise.all([
    deps.registry.evaluation(version.evaluationId),
    proveBytes(deps, input, version.file),
  ]);
  const statement = modelStatement({ repo, version, evaluation, verdict, approval, votes });
  return deps.blobs.putJson(await deps.signer.sign(payloadTypes.statement, statement));
}

/** What lies in the store at this moment, past everything that remembers it. A refusal is recorded, as that of the transaction. */
async function proveBytes(
  { blobs, audit }: PromotionDeps,
  { project, model, version, approval }: SignAttestationInput,
  file: BlobRef,
): Promise<void> {
  try {
    await blobs.prove(file);
  } catch (error) {
    if (!(error instanceof RatchetError) || error.code !== 'BLOB_CORRUPT') throw error;
    const subject = `${model}@${version}`;
    const reason = `version ${version} of ${project}/${model} does not become champion: its file is not the one that was judged: ${error.message}`;
    const details = { approval, reason };
    await audit.append({ action: 'promotion.refused', project, subject, details });
    throw new RatchetError(
      'PROMOTION_REFUSED',
      reason,
      { project, model, version, approval },
      { cause: error },
    );
  }
}
