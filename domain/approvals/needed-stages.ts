import type { ApprovalRequest, ApprovalStage } from './approval.js';

/** What nobody started needs more eyes: so many people, all of them outside the author set. */
export const machineStartedPeople = 2;

/**
 * The stages with the quorum that each needs. A person counts once in all stages of an approval, so the sum of the
 * quorums is the number of people; where a machine started it and the sum is below two, the last stage needs more.
 */
export function neededStages(
  request: Pick<ApprovalRequest, 'stages' | 'authorSet'>,
): readonly ApprovalStage[] {
  const stages = request.stages.map((stage) => ({ ...stage, quorum: atLeastOne(stage.quorum) }));
  const people = stages.reduce((sum, { quorum }) => sum + quorum, 0);
  const lacking = request.authorSet.machineStarted ? Math.max(0, machineStartedPeople - people) : 0;
  return stages.map((stage, at) =>
    at === stages.length - 1 ? { ...stage, quorum: stage.quorum + lacking } : stage,
  );
}

const atLeastOne = (quorum: number) => (quorum >= 1 ? Math.ceil(quorum) : 1);
