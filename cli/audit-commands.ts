import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Command } from 'commander';
import { RatchetError } from '../domain/errors/ratchet-error.js';
import { answered, answeredStream } from './answered.js';
import { type GatewayOptions, gatewayCommand } from './gateway-command.js';
import { openClient } from './open-client.js';
import { printFacts, printJson, printLine, printTable } from './print.js';

interface ListOptions extends GatewayOptions {
  readonly project?: string;
  readonly actor?: string;
  readonly action?: string;
  readonly subject?: string;
  readonly before?: string;
  readonly limit: string;
}

/** `ratchet audit list|verify|export`. */
export function registerAuditCommands(program: Command): void {
  const audit = program
    .command('audit')
    .description('who did what: one chain of rows that nobody edits unseen');
  for (const register of [registerList, registerVerify, registerExport]) register(audit);
}

function registerList(audit: Command): void {
  gatewayCommand(audit, 'list', {
    about: 'rows, newest first',
    example: 'ratchet audit list --project flights --action model.promoted',
  })
    .option('--project <project>', 'of this project; needed by everybody but administrators')
    .option('--actor <account>', 'done by this account')
    .option('--action <action>', 'such as model.promoted or vote.cast')
    .option('--subject <subject>', 'done to this, such as late-arrival@3')
    .option('--before <number>', 'rows before this number')
    .option('--limit <count>', 'rows of a page, 1 to 1000', '50')
    .action(async (options: ListOptions) => {
      const client = await openClient(options);
      const { project, actor, action, subject, before, limit } = options;
      const wanted = { project, actor, action, subject, before, limit };
      const query = Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined));
      const found = await answered(client.GET('/api/v1/audit', { params: { query } }));
      if (options.json) return printJson(found);
      printTable(
        ['row', 'at', 'actor', 'action', 'project', 'subject', 'details'],
        found.events.map((row) => [
          row.seq,
          row.at,
          row.actor,
          row.action,
          row.project,
          row.subject,
          row.details,
        ]),
        'no such row',
      );
    });
}

function registerVerify(audit: Command): void {
  gatewayCommand(audit, 'verify', {
    about: 'read the whole chain: no edit, no deletion, no reorder, no truncation',
    example: 'ratchet audit verify',
  }).action(async (options: GatewayOptions) => {
    const client = await openClient(options);
    const found = await answered(client.GET('/api/v1/audit/verify'));
    if (options.json) printJson(found);
    else {
      printFacts([
        ['rows', found.rows],
        ['last', found.head ? `${found.head.hash.slice(0, 12)} of ${found.head.at}` : null],
        ['checkpoints', found.checkpoints],
        ['intact', found.intact ? 'yes' : 'no'],
      ]);
      for (const { kind, text } of found.findings) printLine(`${kind}  ${text}`);
    }
    if (!found.intact) {
      throw new RatchetError('AUDIT_BROKEN', `the chain is broken: ${found.findings.length} findings`);
    }
  });
}

function registerExport(audit: Command): void {
  gatewayCommand(audit, 'export', {
    about: 'the rows as lines of JSON, oldest first',
    example: 'ratchet audit export --out audit.jsonl',
  })
    .option('--project <project>', 'of this project; needed by everybody but administrators')
    .option('--out <file>', 'where they go (default: standard output)')
    .action(async (options: GatewayOptions & { project?: string; out?: string }) => {
      const client = await openClient(options);
      const query = options.project === undefined ? {} : { project: options.project };
      const lines = await answeredStream(
        client.GET('/api/v1/audit/export', { params: { query }, parseAs: 'stream' }),
      );
      if (options.out !== undefined)
        return pipeline(Readable.fromWeb(lines), createWriteStream(options.out, { mode: 0o600 }));
      for await (const piece of Readable.fromWeb(lines)) process.stdout.write(Buffer.from(piece));
    });
}
