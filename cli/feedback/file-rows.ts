import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { createInterface } from 'node:readline';
import { messageOf, RatchetError } from '../../domain/errors/ratchet-error.js';
import { csvRecords } from './csv-records.js';
import { parquetRows } from './parquet-rows.js';
import { type Cells, columns, readTruth, type ToldRow, toldRow } from './told-row.js';

/** A line of a file: of which number, and what it says or why that is nothing. */
export interface FileRow {
  readonly line: number;
  readonly told: ToldRow;
}

/**
 * What a file says, row by row, however long it is: `.csv` with a header, `.ndjson` or `.jsonl` with an object on each
 * line, `.parquet`, and - for NDJSON of the standard input. Error: `REQUEST_INVALID`, naming the line.
 */
export async function* fileRows(path: string): AsyncGenerator<FileRow> {
  const source = path === '-' ? ndjsonCells(process.stdin) : cellsOf(path);
  try {
    for await (const { line, cells } of source) yield { line, told: at(line, () => toldRow(cells())) };
  } catch (error) {
    if (error instanceof RatchetError) {
      const named = path === '-' ? 'standard input' : basename(path);
      throw new RatchetError('REQUEST_INVALID', `${named}: ${error.message}`, { path }, { cause: error });
    }
    const text = `${path} cannot be read: ${messageOf(error)}`;
    throw new RatchetError('REQUEST_INVALID', text, { path }, { cause: error });
  }
}

interface Line {
  readonly line: number;
  readonly cells: () => Cells;
}

function cellsOf(path: string): AsyncGenerator<Line> {
  if (/\.csv$/i.test(path)) return csvCells(createReadStream(path, { encoding: 'utf8' }));
  if (/\.(ndjson|jsonl)$/i.test(path)) return ndjsonCells(createReadStream(path));
  if (/\.parquet$/i.test(path)) return parquetCells(path);
  const allowed = '.csv, .ndjson, .jsonl, .parquet, or - for NDJSON of the standard input';
  throw new RatchetError('REQUEST_INVALID', `what it holds is not told by its name: allowed is ${allowed}`);
}

async function* csvCells(text: AsyncIterable<string>): AsyncGenerator<Line> {
  let header: readonly string[] | null = null;
  for await (const { line, fields } of csvRecords(text)) {
    if (header === null) {
      header = fields.map((name, place) => (place === 0 ? name.replace(/^\uFEFF/, '') : name).trim());
      requireColumns(header);
      continue;
    }
    const names: readonly string[] = header;
    const cells = () => {
      if (fields.length !== names.length)
        throw new RatchetError(
          'REQUEST_INVALID',
          `it has ${fields.length} fields, the header has ${names.length}`,
        );
      const told = Object.fromEntries(names.map((name, place) => [name, fields[place] ?? '']));
      const { truth = '' } = told;
      return { ...told, truth: truth === '' ? null : readTruth(truth) };
    };
    yield { line, cells };
  }
}

async function* ndjsonCells(bytes: NodeJS.ReadableStream): AsyncGenerator<Line> {
  let line = 0;
  for await (const text of createInterface({ input: bytes, crlfDelay: Number.POSITIVE_INFINITY })) {
    line += 1;
    if (text.trim() === '') continue;
    yield { line, cells: () => objectOf(text) };
  }
}

async function* parquetCells(path: string): AsyncGenerator<Line> {
  let line = 0;
  for await (const cells of parquetRows(path, requireColumns)) {
    line += 1;
    yield { line, cells: () => cells };
  }
}

function objectOf(text: string): Cells {
  const value: unknown = parsed(text);
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new RatchetError('REQUEST_INVALID', `it is no object: allowed are ${columns.join(', ')}`);
  const unknown = Object.keys(value).find((name) => !isColumn(name));
  if (unknown === undefined) return value as Cells;
  throw new RatchetError(
    'REQUEST_INVALID',
    `it has "${unknown.slice(0, 100)}": allowed are ${columns.join(', ')}`,
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new RatchetError('REQUEST_INVALID', 'it is no JSON, allowed is an object', {}, { cause });
  }
}

const isColumn = (name: string) => (columns as readonly string[]).includes(name);

function requireColumns(names: readonly string[]): void {
  const unknown = names.find((name) => !isColumn(name));
  const twice = names.find((name, place) => names.indexOf(name) !== place);
  const problem =
    unknown !== undefined
      ? `there is a column "${unknown.slice(0, 100)}"`
      : twice !== undefined
        ? `the column ${twice} is there twice`
        : names.includes('prediction_id')
          ? null
          : 'there is no column prediction_id';
  if (problem === null) return;
  throw new RatchetError('REQUEST_INVALID', `${problem}: allowed are ${columns.join(', ')}, each once`);
}

function at<T>(line: number, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof RatchetError)) throw error;
    throw new RatchetError('REQUEST_INVALID', `line ${line}: ${error.message}`, { line }, { cause: error });
  }
}
