import { type Command, Option } from 'commander';
import { type LetterStatus, letterStatuses } from '../domain/ports/outbox.js';
import { answered } from './answered.js';
import { type GatewayOptions, gatewayCommand } from './gateway-command.js';
import { printLetter, printLetters } from './notify-print.js';
import { openClient } from './open-client.js';
import { printJson, printLine } from './print.js';
import { wholeNumber } from './whole-number.js';

const ofProject = '/api/v1/projects/{project}/letters';

interface ListOptions extends GatewayOptions {
  readonly status?: LetterStatus;
  readonly limit: number;
  readonly after?: string;
}

/** `ratchet notify list|show|redrive|test`. */
export function registerNotifyCommands(program: Command): void {
  const notify = program
    .command('notify')
    .description('notifications: what people and programs are told, and whether it arrived')
    .addHelpText('after', '\nExample:\n  ratchet notify list --help');
  for (const register of [registerList, registerShow, registerRedrive, registerTest]) register(notify);
}

function registerList(notify: Command): void {
  gatewayCommand(notify, 'list [project]', {
    about: 'letters, newest first: whether each arrived, how often it was tried, and the last error',
    example: 'ratchet notify list flights --status dead',
  })
    .addOption(new Option('--status <status>', 'only in this status').choices(letterStatuses))
    .option('--limit <count>', 'rows of a page, 1 to 200', wholeNumber, 50)
    .option('--after <cursor>', 'the next page of an earlier answer')
    .action(async (project: string | undefined, options: ListOptions) => {
      const client = await openClient(options);
      const { status, limit, after } = options;
      const wanted = Object.entries({ project, status, limit, after });
      const query = Object.fromEntries(wanted.filter(([, value]) => value !== undefined));
      const page = await answered(client.GET('/api/v1/letters', { params: { query } }));
      if (options.json) return printJson(page);
      printLetters(page);
      if (page.next !== null) printLine(`more: --after ${page.next}`);
    });
}

function registerShow(notify: Command): void {
  gatewayCommand(notify, 'show <letter>', {
    about: 'one letter: what it says, and every try to deliver it',
    example: 'ratchet notify show 019a1b2c-3d4e-7f80-8123-456789abcdef',
  }).action(async (id: string, options: GatewayOptions) => {
    const client = await openClient(options);
    const found = await answered(client.GET('/api/v1/letters/{id}', { params: { path: { id } } }));
    if (options.json) return printJson(found);
    printLetter(found);
  });
}

function registerRedrive(notify: Command): void {
  gatewayCommand(notify, 'redrive <project>', {
    about: 'try letters again that were given up',
    example: 'ratchet notify redrive flights',
  }).action(async (project: string, options: GatewayOptions) => {
    const client = await openClient(options);
    const params = { path: { project } };
    const driven = await answered(client.POST(`${ofProject}/redrive`, { params }));
    if (options.json) return printJson(driven);
    const { letters } = driven;
    printLine(letters === 0 ? 'no letter was given up' : `letters that are tried again: ${letters}`);
  });
}

function registerTest(notify: Command): void {
  gatewayCommand(notify, 'test <project>', {
    about: 'send a test to every target of the notifications of a project',
    example: 'ratchet notify test flights',
  }).action(async (project: string, options: GatewayOptions) => {
    const client = await openClient(options);
    const params = { path: { project } };
    const sent = await answered(client.POST(`${ofProject}/test`, { params }));
    if (options.json) return printJson(sent);
    printLine(`a test is on its way to ${sent.targets.join(', ')}`);
    printLine(`whether it arrives: ratchet notify list ${project}`);
  });
}
