import { Argument, type Command, Option } from 'commander';
import { type ApprovalStatus, approvalStatuses } from '../domain/approvals/approval.js';
import { RatchetError } from '../domain/errors/ratchet-error.js';
import { type VoteDecision, voteDecisions } from '../domain/signing/vote-statement.js';
import { stackStatus } from '../stack/stack-status.js';
import { answered } from './answered.js';
import { splitApproval } from './approval-name.js';
import { printApproval, printReceipt, signalCommand } from './approval-print.js';
import { registerDelegate } from './delegate-command.js';
import { type GatewayOptions, gatewayCommand } from './gateway-command.js';
import { openClient } from './open-client.js';
import { ago, printJson, printLine, printTable } from './print.js';

const one = '/api/v1/approvals/{project}/{subject}/{round}';

interface ListOptions extends GatewayOptions {
  readonly project?: string;
  readonly status?: ApprovalStatus;
  readonly kind?: 'promotion' | 'change';
  readonly after?: string;
}

interface VoteOptions extends GatewayOptions {
  readonly reason: string;
  readonly onBehalfOf?: string;
  readonly printSignal?: boolean;
}

/** `ratchet approval list|show|vote|delegate|withdraw`. */
export function registerApprovalCommands(program: Command): void {
  const approval = program
    .command('approval')
    .description('what people are asked: nothing gets in unapproved where a policy says so');
  for (const register of [registerList, registerShow, registerVote, registerDelegate, registerWithdraw])
    register(approval);
}

function registerList(approval: Command): void {
  gatewayCommand(approval, 'list', {
    about: 'approvals, newest first',
    example: 'ratchet approval list --status open',
  })
    .option('--project <project>', 'only of this project')
    .addOption(new Option('--status <status>', 'only in this status').choices(approvalStatuses))
    .addOption(
      new Option('--kind <kind>', 'of a model version, or of a change').choices(['promotion', 'change']),
    )
    .option('--after <cursor>', 'the next page of an earlier answer')
    .action(async (options: ListOptions) => {
      const client = await openClient(options);
      const { project, status, kind, after } = options;
      const wanted = Object.entries({ project, status, kind, after }).filter(
        ([, value]) => value !== undefined,
      );
      const query = Object.fromEntries(wanted);
      const found = await answered(client.GET('/api/v1/approvals', { params: { query } }));
      if (options.json) return printJson(found);
      printTable(
        ['approval', 'status', 'stage', 'takes', 'asked by', 'opened'],
        found.approvals.map((row) => [
          `${row.project}/${row.subject}/${row.round}`,
          row.status,
          row.stage,
          row.role,
          row.requestedBy,
          ago(row.openedAt),
        ]),
        'nothing is to be approved',
      );
      if (found.next !== null) printLine(`more: --after ${found.next}`);
    });
}

function registerShow(approval: Command): void {
  gatewayCommand(approval, 'show', {
    about:
      'what exactly is approved: the difference to the champion, verdicts, authors, votes, and whether you may vote',
    example: 'ratchet approval show flights/late-arrival@3',
  })
    .addArgument(whichApproval())
    .option('--full', 'also rules that passed, and every row of long tables')
    .action(async (text: string, options: GatewayOptions & { full?: boolean }) => {
      const client = await openClient(options);
      const found = await answered(client.GET(one, { params: { path: splitApproval(text) } }));
      if (options.json) return printJson(found);
      printApproval(found, options.full ?? false);
    });
}

function registerVote(approval: Command): void {
  gatewayCommand(approval, 'vote', {
    about: 'sign and store your vote, and tell its workflow; exit code 3 where it does not count',
    example: 'ratchet approval vote flights/late-arrival@3 approve --reason "numbers and slices looked at"',
  })
    .addArgument(whichApproval())
    .addArgument(new Argument('<decision>', 'what you say').choices(voteDecisions))
    .requiredOption('--reason <text>', 'for whoever reads it in a year')
    .option('--on-behalf-of <account>', 'the member in whose place you vote, who delegated to you')
    .option('--print-signal', 'store the vote alone, and print the temporal command that tells of it')
    .action(async (text: string, decision: VoteDecision, options: VoteOptions) => {
      const client = await openClient(options);
      const { reason, onBehalfOf, printSignal = false } = options;
      const deliver = printSignal ? 'none' : 'update';
      const body = {
        decision,
        reason,
        deliver,
        ...(onBehalfOf === undefined ? {} : { onBehalfOf }),
      } as const;
      const found = await answered(
        client.POST(`${one}/votes`, { params: { path: splitApproval(text) }, body }),
      );
      if (options.json) printJson(found);
      else if (printSignal) printLine(signalCommand(found, temporalAddress(options)));
      else printReceipt(found);
      if (found.status === 'refused') {
        throw new RatchetError(
          'VOTE_REFUSED',
          `the vote does not count: ${found.refusal ?? 'no reason was given'}`,
        );
      }
    });
}

function registerWithdraw(approval: Command): void {
  gatewayCommand(approval, 'withdraw', {
    about:
      'end an approval before it is decided, for those who may promote; ratchet model promote asks again',
    example: 'ratchet approval withdraw flights/late-arrival@3 --reason "a newer one comes"',
  })
    .addArgument(whichApproval())
    .requiredOption('--reason <text>', 'why, for whoever was asked')
    .action(async (text: string, options: GatewayOptions & { reason: string }) => {
      const client = await openClient(options);
      const params = { path: splitApproval(text) };
      const body = { reason: options.reason };
      const found = await answered(client.POST(`${one}/withdraw`, { params, body }));
      if (options.json) return printJson(found);
      printLine(`${found.approval} is ${found.status}: ${found.reason}`);
    });
}

/** How approvals are named everywhere. */
const whichApproval = () =>
  new Argument(
    '<approval>',
    'as the list names it: <project>/<model>@<version> or <project>/change@<commit>, and /<round> for an older one',
  );

/** Of the embedded stack; elsewhere the temporal command knows it from its own settings. */
function temporalAddress({ url, stateDir }: GatewayOptions): string | undefined {
  if (url !== undefined || process.env['RATCHET_URL'] !== undefined) return undefined;
  return stackStatus(stateDir).urls['temporal'];
}
