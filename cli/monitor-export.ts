import { randomUUID } from 'node:crypto';
import { createWriteStream, rmSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { type Command, Option } from 'commander';
import { messageOf, RatchetError } from '../domain/errors/ratchet-error.js';
import { printableLine } from '../domain/printable.js';
import { answeredStream } from './answered.js';
import { type GatewayOptions, gatewayCommand } from './gateway-command.js';
import { openClient } from './open-client.js';
import { printJson, printLine } from './print.js';
import { endOf, type RecordEnds, watchEnds } from './record-ends.js';
import { type RecordFormat, recordFormats, writeRecord } from './record-file.js';
import { splitName } from './split-name.js';

interface ExportOptions extends GatewayOptions {
  readonly from: string;
  readonly to: string;
  readonly format: RecordFormat;
  readonly out: string;
  readonly withSensitive?: boolean;
}

/** `ratchet monitor export`. */
export function registerExport(monitor: Command): void {
  gatewayCommand(monitor, 'export <endpoint>', {
    about:
      'the raw record of a span of event time: predictions with their inputs, outputs and what came true',
    example:
      'ratchet monitor export flights/web --from 2026-03-01T00:00:00Z --to 2026-04-01T00:00:00Z --out march.parquet --format parquet',
  })
    .requiredOption('--from <instant>', 'the first event, as ISO-8601')
    .requiredOption('--to <instant>', 'up to here, and not this')
    .requiredOption('--out <file>', 'a file of the name is replaced')
    .addOption(new Option('--format <format>', 'of the file').choices(recordFormats).default('csv'))
    .option('--with-sensitive', 'sensitive columns of the model too; the audit says that you had them')
    .action(async (text: string, { from, to, format, out, withSensitive, ...options }: ExportOptions) => {
      const client = await openClient(options);
      const { project, name } = splitName(text, 'endpoint');
      const params = {
        path: { project, endpoint: name },
        query: { from, to, sensitive: withSensitive ? ('true' as const) : ('false' as const) },
      };
      const route = '/api/v1/endpoints/{project}/{endpoint}/predictions';
      const stream = await answeredStream(client.GET(route, { params, parseAs: 'stream' }));
      const file = resolve(out);
      const { rows, leftOut } = await take(stream, file, format);
      if (options.json) return printJson({ file, format, rows, leftOut });
      printLine(`${file} has ${rows} rows`);
      for (const { model, version, names, allInputs } of leftOut)
        printLine(
          printableLine(`left out of ${model}@${version}: ${allInputs ? 'all inputs' : names.join(', ')}`),
        );
    });
}

/** What came is put beside the file, which takes its place once it is whole; whatever goes wrong, nothing is left. */
async function take(
  stream: AsyncIterable<Uint8Array>,
  file: string,
  format: RecordFormat,
): Promise<{ readonly rows: number; readonly leftOut: RecordEnds['first']['leftOut'] }> {
  const [lines, part] = [`${file}.${randomUUID()}.lines`, `${file}.${randomUUID()}.part`];
  const interrupted = () => {
    for (const path of [lines, part]) rmSync(path, { force: true });
    process.exit(130);
  };
  process.once('SIGINT', interrupted);
  try {
    const ends = watchEnds();
    await pipeline(cutOffTold(stream), ends.pass, createWriteStream(lines, { flags: 'wx', mode: 0o600 }));
    const { first, rows } = endOf(ends);
    const written = await writeRecord({ lines, target: part, format, columns: first }).catch(notOfItsColumn);
    if (written !== rows)
      throw new RatchetError('INTERNAL', `${rows} rows came, and the table has ${written}`);
    await rename(part, file);
    return { rows, leftOut: first.leftOut };
  } catch (error) {
    throw error instanceof RatchetError ? error : notWritten(error);
  } finally {
    process.off('SIGINT', interrupted);
    for (const path of [lines, part]) await rm(path, { force: true });
  }
}

async function* cutOffTold(stream: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* stream;
  } catch (cause) {
    const text = `the connection ended before the record was whole: ${messageOf(cause)}`;
    throw new RatchetError('PART_UNAVAILABLE', text, {}, { cause });
  }
}

function notOfItsColumn(cause: unknown): never {
  const text = `the record cannot be written as a table: ${messageOf(cause)}`;
  throw new RatchetError('DATA_TYPE', text, {}, { cause });
}

function notWritten(cause: unknown): RatchetError {
  const text = `--out names no file that can be written: ${messageOf(cause)}`;
  return new RatchetError('SETTING_INVALID', text, {}, { cause });
}
