import { readFile } from 'node:fs/promises';
import { type Command, InvalidArgumentError } from 'commander';
import { RatchetError } from '../domain/errors/ratchet-error.js';
import { answered } from './answered.js';
import { type FileRow, fileRows } from './feedback/file-rows.js';
import { type SentCounts, sendRows } from './feedback/send-rows.js';
import { readTruth, type ToldRow, toldRow } from './feedback/told-row.js';
import { registerReplay } from './feedback-replay.js';
import { type GatewayOptions, gatewayCommand } from './gateway-command.js';
import { type ApiClient, openClient } from './open-client.js';
import { printJson, printLine } from './print.js';
import { splitName } from './split-name.js';

/** `ratchet feedback send|replay`. */
export function registerFeedbackCommands(program: Command): void {
  const feedback = program
    .command('feedback')
    .description('what turned out to be true of what an endpoint answered')
    .addHelpText('after', '\nExample:\n  ratchet feedback send --help');
  registerSend(feedback);
  registerReplay(feedback);
}

interface SendOptions extends GatewayOptions {
  readonly file?: string;
  readonly prediction?: string;
  readonly row?: string;
  readonly truth?: string;
  readonly reward?: number;
  readonly at?: string;
  readonly source?: string;
  readonly sourceTokenFile?: string;
}

function registerSend(feedback: Command): void {
  gatewayCommand(feedback, 'send <endpoint>', {
    about:
      'tell an endpoint what turned out to be true: a file with the columns prediction_id, row, truth, reward, at, source, or one row',
    example: 'ratchet feedback send flights/web --file truth.csv',
  })
    .option('--file <path>', '.csv, .ndjson, .jsonl or .parquet; - for NDJSON of the standard input')
    .option('--prediction <id>', 'one prediction, in place of a file')
    .option('--row <number>', 'its row, from 0')
    .option('--truth <value>', 'what turned out to be true')
    .option('--reward <number>', 'what it was worth', rewardOf)
    .option('--at <instant>', 'when it came true, as ISO 8601')
    .option('--source <name>', 'who knows, where a row does not say; without it, your account')
    .option('--source-token-file <path>', 'file with the token that the source must show')
    .action(async (text: string, options: SendOptions) => {
      const name = splitName(text, 'endpoint');
      const rows = sourced(rowsOf(options), options.source);
      const [client, token] = await Promise.all([openClient(options), tokenIn(options.sourceTokenFile)]);
      const counts: SentCounts = { accepted: 0, duplicate: 0, unknown: 0 };
      try {
        await sendRows(rows, (batch) => post(client, name, { rows: batch, token }), counts);
      } finally {
        // Also where a line ends it: so much is there.
        if (options.json) printJson(counts);
        else
          printLine(
            Object.entries(counts)
              .map(([name, count]) => `${name} ${count}`)
              .join(', '),
          );
      }
    });
}

async function post(
  client: ApiClient,
  { project, name }: ReturnType<typeof splitName>,
  { rows, token }: { readonly rows: readonly ToldRow[]; readonly token: string | undefined },
): Promise<SentCounts> {
  const header = token === undefined ? {} : { 'x-ratchet-source-token': token };
  const params = { path: { project, endpoint: name }, header };
  const body = rows.map((row) => ({ ...row }));
  return await answered(client.POST('/api/v1/endpoints/{project}/{endpoint}/feedback', { params, body }));
}

/** Of a file, so that it stands in no list of processes. Error: `REQUEST_INVALID` where it cannot be read. */
async function tokenIn(path: string | undefined): Promise<string | undefined> {
  if (path === undefined) return undefined;
  try {
    return (await readFile(path, 'utf8')).trim();
  } catch (cause) {
    throw new RatchetError('REQUEST_INVALID', `--source-token-file ${path} cannot be read`, {}, { cause });
  }
}

function rowsOf({ file, prediction, row, truth, reward, at }: SendOptions): AsyncIterable<FileRow> {
  if ((file === undefined) === (prediction === undefined))
    throw new RatchetError('REQUEST_INVALID', 'what is told comes from one of --file and --prediction');
  const rest = { row, truth, reward, at };
  if (file === undefined) {
    const known = truth === undefined ? null : readTruth(truth);
    return single(toldRow({ ...rest, prediction_id: prediction, truth: known }));
  }
  const beside = Object.entries(rest).find(([, value]) => value !== undefined);
  if (beside === undefined) return fileRows(file);
  throw new RatchetError('REQUEST_INVALID', `--${beside[0]} is beside --file: the file says it row by row`);
}

async function* single(told: ToldRow): AsyncGenerator<FileRow> {
  yield { line: 1, told };
}

async function* sourced(rows: AsyncIterable<FileRow>, source: string | undefined): AsyncGenerator<FileRow> {
  for await (const { line, told } of rows)
    yield { line, told: source === undefined ? told : { source, ...told } };
}

function rewardOf(text: string): number {
  const number = Number(text.trim() || 'none');
  if (!Number.isFinite(number)) throw new InvalidArgumentError('allowed is a number.');
  return number;
}
