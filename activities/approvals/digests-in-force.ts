import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type { ApprovalRecord } from '../../domain/ports/approvals.js';
import type { SubjectDigests } from '../../domain/signing/vote-statement.js';
import type { ApprovalDeps } from './deps.js';

/** A model version by the subject of its approval. */
export interface VersionName {
  readonly project: string;
  readonly model: string;
  readonly version: number;
}

export function subjectOf({ model, version }: Pick<VersionName, 'model' | 'version'>): string {
  return `${model}@${version}`;
}

/** The version that an approval is about. Error: `INTERNAL` for a subject that names none. */
export function versionOf({ project, subject }: Pick<ApprovalRecord, 'project' | 'subject'>): VersionName {
  const [, model, digits] = /^([^@]+)@([1-9]\d{0,9})$/.exec(subject) ?? [];
  if (model === undefined) throw new RatchetError('INTERNAL', `"${subject}" names no version of a model`);
  return { project, model, version: Number(digits) };
}

/**
 * What an approval would have to be about if it were opened at this moment: the version's bytes as the registry has
 * them, evaluation and purpose as its newest verdict has them, the policy that is in force.
 */
export async function digestsInForce(deps: ApprovalDeps, approval: ApprovalRecord): Promise<SubjectDigests> {
  return approval.kind === 'change'
    ? deps.changeDigests(approval)
    : versionDigests(deps, versionOf(approval));
}

export async function versionDigests(
  deps: Pick<ApprovalDeps, 'mergedPolicy' | 'policies' | 'registry'>,
  { project, model, version }: VersionName,
): Promise<SubjectDigests> {
  const [row, verdict, merged] = await Promise.all([
    deps.registry.get(project, model, String(version)),
    deps.policies.verdict(project, model, version),
    deps.mergedPolicy(project, model),
  ]);
  const { datasetDigest } = await deps.registry.evaluation(row.evaluationId);
  return { ...verdict?.digests, model: row.file.sha256, dataset: datasetDigest, policy: merged.digest };
}

/** Names of the parts in which two sets of digests differ. */
export function differingParts(one: SubjectDigests, other: SubjectDigests): readonly string[] {
  const parts = new Set([...Object.keys(one), ...Object.keys(other)]) as Set<keyof SubjectDigests>;
  return [...parts].filter((part) => one[part] !== other[part]).sort();
}
