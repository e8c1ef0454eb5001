import { changeStages, changeSubject } from '../../domain/changes/change-stages.js';
import { differencesText, type GovernedDifference } from '../../domain/changes/governed-differences.js';
import type { GovernedParts } from '../../domain/changes/governed-parts.js';
import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type { ApprovalRecord } from '../../domain/ports/approvals.js';
import type { ProjectRecord } from '../../domain/ports/projects.js';
import type { SubjectDigests } from '../../domain/signing/vote-statement.js';
import { differingParts } from '../approvals/digests-in-force.js';
import { openApprovals } from '../approvals/open-approvals.js';
import { digestOf } from '../data/digest.js';
import { authorsOfChange } from './authors-of-change.js';
import type { ProjectDeps } from './deps.js';
import { digestInForce, partsInForce } from './read-governed.js';

export interface WantedChange {
  readonly known: ProjectRecord;
  readonly inForce: GovernedParts;
  /** As the commit has them. */
  readonly governed: GovernedParts;
  readonly commit: string;
  readonly differences: readonly GovernedDifference[];
  /** Account that applies it; null for a program. */
  readonly by: string | null;
}

/** The approval of a change, opened where none is open about exactly this, and the others that ended by it. */
export async function askForChange(
  deps: ProjectDeps,
  wanted: WantedChange,
): Promise<{ readonly approval: ApprovalRecord; readonly ended: readonly string[] }> {
  const { known, inForce, governed, commit } = wanted;
  const digests = { policy: digestInForce(known, inForce), change: digestOf(governed) };
  const open = await openApprovals(deps, known.name);
  const same = open.find((one) => one.kind === 'change' && differingParts(one.digests, digests).length === 0);
  const others = open.filter(({ id }) => id !== same?.id);
  const ended = await endOthers(deps, known.name, others, `${commit.slice(0, 12)} is the newer change`);
  return { approval: same ?? (await ask(deps, wanted, digests)), ended };
}

/** Ends what is asked about other changes of the project. */
export async function endOthers(
  { approvals }: Pick<ProjectDeps, 'approvals'>,
  project: string,
  open: readonly ApprovalRecord[],
  reason: string,
): Promise<readonly string[]> {
  const changes = open.filter((one) => one.kind === 'change' && one.project === project);
  for (const { id } of changes) await approvals.end(id, 'superseded', reason);
  return changes.map(({ id }) => id);
}

async function ask(
  deps: ProjectDeps,
  { known, inForce, governed, commit, differences, by }: WantedChange,
  digests: SubjectDigests,
): Promise<ApprovalRecord> {
  if (inForce.changes === null)
    throw new RatchetError('INTERNAL', 'a change that asks nobody was to be asked');
  const subject = changeSubject(commit);
  const [latest, authors, before, after] = await Promise.all([
    deps.approvals.latest(known.name, subject),
    authorsOfChange(deps, known, { commit, by, parts: [inForce, governed] }),
    deps.blobs.putJson(partsInForce(known, inForce)),
    deps.blobs.putJson(governed),
  ]);
  const approval = await deps.approvals.open({
    project: known.name,
    kind: 'change',
    subject,
    round: (latest?.round ?? 0) + 1,
    digests,
    stages: changeStages(inForce.changes),
    authorSet: authors,
    requestedBy: by ?? 'system/apply-project',
    exhibits: { inForce: before, wanted: after },
  });
  await deps.audit.append({
    action: 'change.asked',
    project: known.name,
    subject: approval.id,
    details: { commit, from: known.commit, differences: differencesText(differences) },
  });
  return approval;
}
