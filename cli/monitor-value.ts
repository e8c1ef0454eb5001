import type { Command } from 'commander';
import { valueWords } from '../domain/monitoring/value/value-words.js';
import { answered } from './answered.js';
import { type GatewayOptions, gatewayCommand } from './gateway-command.js';
import { openClient } from './open-client.js';
import { printFacts, printJson } from './print.js';
import { splitName } from './split-name.js';

interface ValueOptions extends GatewayOptions {
  readonly from?: string;
  readonly to?: string;
}

/** `ratchet monitor value`. */
export function registerValue(monitor: Command): void {
  gatewayCommand(monitor, 'value <endpoint>', {
    about: 'what the answers were worth, beside a constant answer, and what they cost',
    example: 'ratchet monitor value flights/web --from 2026-03-01T00:00:00Z --to 2026-04-01T00:00:00Z',
  })
    .option('--from <instant>', 'windows that begin here or later, as ISO-8601; else all that are kept')
    .option('--to <instant>', 'windows that end here or before; else all that are kept')
    .action(async (text: string, { from, to, ...options }: ValueOptions) => {
      const client = await openClient(options);
      const { project, name } = splitName(text, 'endpoint');
      const query = { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
      const params = { path: { project, endpoint: name }, query };
      const found = await answered(client.GET('/api/v1/endpoints/{project}/{endpoint}/value', { params }));
      if (options.json) return printJson(found);
      printFacts([['endpoint', text], ['model', found.model], ...valueWords(found)]);
    });
}
