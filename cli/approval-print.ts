import { printableLine } from '../domain/printable.js';
import { printSubject } from './approval-subject-print.js';
import { colors } from './colors.js';
import type { components } from './generated/api.js';
import { printPolicyVerdict } from './policy-print.js';
import { ago, printFacts, printLine, printTable } from './print.js';

type Detail = components['schemas']['ApprovalDetail'];
type Receipt = components['schemas']['VoteReceipt'];

/**
 * What a reviewer looks at, in the order in which they need it: what, what changes, what programs said, who. With
 * `full` also rules that passed, and every row of long tables.
 */
export function printApproval(approval: Detail, full: boolean): void {
  printFacts([
    ['approval', approval.id],
    ['status', approval.reason ? `${approval.status}: ${approval.reason}` : approval.status],
    ['asked by', `${approval.requestedBy}, ${ago(approval.openedAt)}`],
    ['machine-started', approval.machineStarted ? 'yes: two people outside it are needed' : undefined],
    ...Object.entries(approval.digests).map(([part, digest]) => [`digest of ${part}`, digest] as const),
  ]);
  printLine();
  printSubject(approval, full);
  if (approval.verdict) {
    printLine();
    printPolicyVerdict(approval.verdict, { passed: full });
  }
  printLine();
  printPeople(approval);
  printLine();
  if (approval.status === 'open')
    printLine(`whose vote counts now: ${approval.voters.join(', ') || 'nobody of the members'}`);
  const { account, mayVote, why, onBehalfOf } = approval.you;
  printLine(
    `${mayVote ? colors.green('you may vote') : colors.yellow('you may not vote')}: ${printableLine(`${account}: ${why}`)}`,
  );
  if (onBehalfOf.length > 0) printLine(`in the place of: ${onBehalfOf.join(', ')}`);
}

function printPeople({ stages, votes, authors, strangers }: Detail): void {
  printTable(
    ['stage', 'status', 'of', 'needs', 'approve', 'reject', 'until'],
    stages.map((stage) => [
      stage.name,
      stage.status,
      stage.roles.join(' or '),
      stage.quorum,
      stage.approvals.join(', '),
      stage.rejections.join(', '),
      stage.closesAt,
    ]),
    'no stage',
  );
  printLine();
  printTable(
    ['vote', 'by', 'for', 'says', 'because', 'became', 'cast'],
    votes.map((vote) => [
      vote.id,
      vote.approver,
      vote.onBehalfOf,
      vote.decision,
      vote.reason,
      vote.refusal === null ? vote.status : `${vote.status}: ${vote.refusal}`,
      ago(vote.castAt),
    ]),
    'no vote yet: ratchet approval vote <approval> approve --reason <text>',
  );
  printLine();
  printTable(
    ['author', 'may not vote, because they'],
    [
      ...authors.map(({ account, why }) => [account, why.join('; ')]),
      ...strangers.map((who) => [who, 'are no member']),
    ],
    'nobody is in the author set',
  );
}

export function printReceipt({ vote, status, refusal, outcome, tally }: Receipt): void {
  printLine(
    `vote ${vote} is ${status}${refusal === null ? '' : `: ${printableLine(refusal)}`}; the approval is ${outcome}`,
  );
  printTable(
    ['stage', 'needs', 'approve', 'reject'],
    tally.map((stage) => [stage.stage, stage.quorum, stage.approvals, stage.rejections]),
    'no stage',
  );
}

/** The command line that tells the workflow of a stored vote. */
export function signalCommand({ signal }: Receipt, address: string | undefined): string {
  const { workflowId, namespace, name, input } = signal;
  const words = [
    'temporal',
    'workflow',
    'signal',
    '--workflow-id',
    quoted(workflowId),
    '--name',
    name,
    '--input',
    quoted(input),
  ];
  const at = address === undefined ? [] : ['--address', quoted(address)];
  return [...words, '--namespace', quoted(namespace), ...at].join(' ');
}

/** For a shell of POSIX. */
const quoted = (text: string) =>
  /^[\w.:/-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
