import type { Command } from 'commander';
import { RatchetError } from '../domain/errors/ratchet-error.js';
import { answered } from './answered.js';
import { type GatewayOptions, gatewayCommand } from './gateway-command.js';
import type { components } from './generated/api.js';
import { openClient } from './open-client.js';
import { printFacts, printJson, printLine, printTable } from './print.js';
import { splitName } from './split-name.js';
import { wholeNumber } from './whole-number.js';

interface ReplayOptions extends GatewayOptions {
  readonly from: string;
  readonly to: string;
  readonly rows: number;
}

/** `ratchet feedback replay`. */
export function registerReplay(feedback: Command): void {
  gatewayCommand(feedback, 'replay <endpoint>', {
    about: 'ask the model files that answered for the same again, and compare with what was recorded',
    example: 'ratchet feedback replay flights/web --from 2026-03-01T00:00:00Z --to 2026-03-02T00:00:00Z',
  })
    .requiredOption('--from <instant>', 'from when on, in event time')
    .requiredOption('--to <instant>', 'until when')
    .option('--rows <count>', 'of more rows about so many are chosen, 1 to 20000', wholeNumber, 5000)
    .action(async (text: string, { from, to, rows, ...options }: ReplayOptions) => {
      const { project, name } = splitName(text, 'endpoint');
      const span = { from: instantOf('--from', from), to: instantOf('--to', to) };
      const client = await openClient(options);
      const params = { path: { project, endpoint: name } };
      const body = { ...span, mostRows: rows };
      const path = '/api/v1/endpoints/{project}/{endpoint}/replays';
      const found = await answered(client.POST(path, { params, body }));
      if (options.json) printJson(found);
      else print(found);
      if (found.differing > 0)
        throw new RatchetError(
          'ANSWERS_DIFFER',
          `${found.differing} of ${found.compared} rows differ by more than ${found.tolerance}`,
        );
    });
}

function print(found: components['schemas']['ReplayedAnswers']): void {
  const { compared, equal, differing, unreadable, unknown, tolerance, worst, versions } = found;
  printFacts([
    ['compared', `${compared} rows, ${equal} of them the same to the last bit`],
    ['differing', `${differing} by more than ${tolerance}`],
    ['not asked again', `${unreadable} without their inputs, ${unknown} of versions that are not known`],
    ['versions', versions.map((of) => `${of.model}@${of.version}: ${of.compared}`).join(', ') || 'none'],
  ]);
  if (worst.length === 0) return;
  printLine();
  printTable(
    ['prediction', 'row', 'output', 'recorded', 'again', 'difference'],
    worst.map((of) => [
      of.predictionId,
      of.row,
      of.output,
      of.stored,
      of.replayed,
      of.difference?.toExponential(1) ?? 'no number',
    ]),
    'nothing differs',
  );
}

function instantOf(option: string, text: string): string {
  if (!Number.isNaN(Date.parse(text))) return new Date(text).toISOString();
  throw new RatchetError('REQUEST_INVALID', `${option} is "${text}", allowed is a time as ISO 8601 has it`);
}
