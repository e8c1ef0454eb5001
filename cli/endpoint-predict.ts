import { readFile } from 'node:fs/promises';
import { text as textOf } from 'node:stream/consumers';
import type { Command } from 'commander';
import { RatchetError } from '../domain/errors/ratchet-error.js';
import { printableText } from '../domain/printable.js';
import { answeredText } from './answered.js';
import { type GatewayOptions, gatewayCommand } from './gateway-command.js';
import { openClient } from './open-client.js';
import { splitName } from './split-name.js';

interface PredictOptions extends GatewayOptions {
  readonly rows?: string;
  readonly file?: string;
}

/** `ratchet endpoint predict`. Rows go as they were written, and the answer comes as the endpoint gave it. */
export function registerPredict(endpoint: Command): void {
  gatewayCommand(endpoint, 'predict <endpoint>', {
    about: 'ask an endpoint, to try it out; rows and columns are those of its /predict',
    example: `ratchet endpoint predict flights/web --rows '[{"distance": 1400, "carrier": "UA"}]'`,
  })
    .option('--rows <json>', 'the rows')
    .option('--file <path>', 'a file with the rows; - for standard input')
    .action(async (text: string, options: PredictOptions) => {
      const client = await openClient(options);
      const { project, name } = splitName(text, 'endpoint');
      const rows = await rowsOf(options);
      const answer = await answeredText(
        client.POST('/api/v1/endpoints/{project}/{endpoint}/predict', {
          params: { path: { project, endpoint: name } },
          // Not read and written again: a whole number beyond what a double holds stays what it is.
          body: rows as never,
          bodySerializer: () => rows,
          headers: { 'content-type': 'application/json' },
          parseAs: 'text',
        }),
      );
      process.stdout.write(`${printableText(answer).trimEnd()}\n`);
    });
}

async function rowsOf({ rows, file }: PredictOptions): Promise<string> {
  if ((rows === undefined) === (file === undefined))
    throw new RatchetError('REQUEST_INVALID', 'the rows come from one of --rows and --file');
  const text = rows ?? (file === '-' ? await textOf(process.stdin) : await readRows(file ?? ''));
  try {
    JSON.parse(text);
    return text;
  } catch (cause) {
    throw new RatchetError(
      'REQUEST_INVALID',
      'the rows are no JSON: allowed is a list or an object',
      {},
      { cause },
    );
  }
}

async function readRows(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw new RatchetError('REQUEST_INVALID', `${file} cannot be read`, { file }, { cause });
  }
}
