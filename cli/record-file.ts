import { writeFile } from 'node:fs/promises';
import type { RecordColumns } from './record-ends.js';

export const recordFormats = ['csv', 'parquet'] as const;
export type RecordFormat = (typeof recordFormats)[number];

export interface RecordFile {
  /** Lines as the gateway sends them, in a file. */
  readonly lines: string;
  readonly target: string;
  readonly format: RecordFormat;
  readonly columns: RecordColumns;
}

/** What of a row stands in every record. */
const fixed = {
  ...{ model: 'VARCHAR', version: 'VARCHAR', id: 'VARCHAR', row: 'INTEGER', at: 'TIMESTAMP' },
  ...{ eventAt: 'TIMESTAMP', unit: 'VARCHAR', forFeedback: 'BOOLEAN' },
} as const;

/** Of the source that spoke first; the whole of it stands in `truths`. */
const truthFields = {
  truth: "truths->0->>'truth'",
  reward: "CAST(truths->0->>'reward' AS DOUBLE)",
  truthSource: "truths->0->>'source'",
  truthAt: "CAST(truths->0->>'at' AS TIMESTAMP)",
  truthReceivedAt: "CAST(truths->0->>'receivedAt' AS TIMESTAMP)",
  truths: 'CAST(truths AS VARCHAR)',
} as const;

const typeOf = {
  ...{ number: 'DOUBLE', integer: 'BIGINT', text: 'VARCHAR', boolean: 'BOOLEAN', json: 'VARCHAR' },
} as const;

/** Writes a table of a record, in a process that holds little of it; how many rows it has. Errors: those of DuckDB. */
export async function writeRecord({ lines, target, format, columns }: RecordFile): Promise<number> {
  const { DuckDBInstance } = await import('@duckdb/node-api');
  const instance = await DuckDBInstance.create(':memory:', {
    ...{ threads: '2', memory_limit: '512MB', preserve_insertion_order: 'true' },
  });
  const connection = await instance.connect();
  try {
    const options = format === 'csv' ? 'FORMAT csv, HEADER' : 'FORMAT parquet, COMPRESSION zstd';
    // What is in it is for who asked for it.
    await writeFile(target, '', { mode: 0o600 });
    const copy = `COPY (${select(lines, columns)}) TO ${literal(target)} (${options}, USE_TMP_FILE false)`;
    return (await connection.run(copy)).rowsChanged;
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

/** The first line and the last one are of no row, and have no id. */
function select(lines: string, { inputs, outputs }: RecordColumns): string {
  const read = { ...fixed, inputs: 'JSON', outputs: 'JSON', truths: 'JSON' };
  const shapes = Object.entries(read).map(([name, type]) => `${identifier(name)}: '${type}'`);
  const sides = [
    ...inputs.map((column) => cell('inputs', column)),
    ...outputs.map((column) => cell('outputs', column)),
    ...Object.entries(truthFields).map(([name, expression]) => `${expression} AS ${identifier(name)}`),
  ];
  const shown = [...Object.keys(fixed).map(identifier), ...sides].join(', ');
  const source = `read_json(${literal(lines)}, format = 'newline_delimited', columns = {${shapes.join(', ')}})`;
  return `SELECT ${shown} FROM ${source} WHERE id IS NOT NULL`;
}

function cell(side: 'inputs' | 'outputs', { name, kind }: RecordColumns['inputs'][number]): string {
  const path = literal(`$."${name.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`);
  const as = identifier(`${side === 'inputs' ? 'input' : 'output'}.${name}`);
  return `CAST(json_extract_string(${side}, ${path}) AS ${typeOf[kind]}) AS ${as}`;
}

const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;
const identifier = (name: string): string => `"${name.replaceAll('"', '""')}"`;
