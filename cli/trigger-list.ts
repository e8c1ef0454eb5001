import { type Command, Option } from 'commander';
import { type CauseKind, causeKinds } from '../domain/names.js';
import { answered } from './answered.js';
import { type GatewayOptions, gatewayCommand } from './gateway-command.js';
import { openClient } from './open-client.js';
import { printJson, printLine } from './print.js';
import { splitPlace } from './split-name.js';
import { printEventPage } from './trigger-print.js';
import { wholeNumber } from './whole-number.js';

const outcomes = ['started', 'merged', 'suppressed', 'pending'] as const;

interface ListOptions extends GatewayOptions {
  readonly kind?: CauseKind;
  readonly outcome?: (typeof outcomes)[number];
  readonly run?: string;
  readonly limit: number;
  readonly after?: string;
}

/** `ratchet trigger list`. */
export function registerTriggerList(trigger: Command): void {
  gatewayCommand(trigger, 'list [place]', {
    about:
      'events of a project or a model, newest first: which run each started or joined, or why it did not',
    example: 'ratchet trigger list flights/late-arrival --outcome suppressed',
  })
    .addOption(new Option('--kind <kind>', 'only of this kind').choices(causeKinds))
    .addOption(new Option('--outcome <outcome>', 'only with this outcome').choices(outcomes))
    .option('--run <run>', 'only causes of this run')
    .option('--limit <count>', 'rows of a page, 1 to 200', wholeNumber, 50)
    .option('--after <cursor>', 'the next page of an earlier answer')
    .action(async (place: string | undefined, options: ListOptions) => {
      const client = await openClient(options);
      const { kind, outcome, run, limit, after } = options;
      const wanted = { ...(place === undefined ? {} : splitPlace(place)), kind, outcome, run, limit, after };
      const query = Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined));
      const page = await answered(client.GET('/api/v1/triggers', { params: { query } }));
      if (options.json) return printJson(page);
      printEventPage(page);
      if (page.next !== null) printLine(`more: ${nextCommand(place, options, page.next)}`);
    });
}

/** The same list, further on. */
function nextCommand(place: string | undefined, options: ListOptions, next: string): string {
  const { kind, outcome, run, limit } = options;
  return [
    'ratchet trigger list',
    ...(place === undefined ? [] : [place]),
    ...(kind === undefined ? [] : [`--kind ${kind}`]),
    ...(outcome === undefined ? [] : [`--outcome ${outcome}`]),
    ...(run === undefined ? [] : [`--run ${run}`]),
    `--limit ${limit}`,
    `--after ${next}`,
  ].join(' ');
}
