/** A promotion that waits for one reviewer. */
export function approvalOf(project: string) {
  const digests = { policy: 'a'.repeat(64) };
  const stage = {
    name: 'review',
    role: 'reviewer',
    quorum: 1,
    veto: true,
    expireMs: 1e9,
    remindMs: null,
    escalate: null,
  } as const;
  const authorSet = { authors: [], strangers: [], machineStarted: false };
  return {
    project,
    kind: 'promotion',
    subject: 'delay@1',
    round: 1,
    digests,
    stages: [stage],
    authorSet,
    requestedBy: 'x',
  } as const;
}
