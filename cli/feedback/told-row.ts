import { RatchetError } from '../../domain/errors/ratchet-error.js';

/** What is known of one row of a prediction, as an endpoint takes it. */
export interface ToldRow {
  readonly id: string;
  readonly row: number;
  readonly truth?: unknown;
  readonly reward?: number;
  readonly at?: string;
  readonly source?: string;
}

/** What one line of a file says, by the names of its columns. */
export type Cells = Readonly<Record<string, unknown>>;

export const columns = ['prediction_id', 'row', 'truth', 'reward', 'at', 'source'] as const;

const lastRow = 999_999;

/** Error: `REQUEST_INVALID`, saying which column came as what, and what is allowed. */
export function toldRow(cells: Cells): ToldRow {
  const { prediction_id: id, row, truth, reward, at, source } = cells;
  const told = {
    id: textOf('prediction_id', id, 'the id of a prediction, of 1 to 200 characters') ?? missing(),
    row: rowOf(row),
    ...(isNone(truth) ? {} : { truth }),
    ...(isNone(reward) ? {} : { reward: numberOf(reward) }),
    ...(isNone(at) ? {} : { at: timeOf(at) }),
    ...(isNone(source) ? {} : { source: textOf('source', source, 'a name of 1 to 200 characters') ?? '' }),
  };
  if (told.truth !== undefined || told.reward !== undefined) return told;
  throw new RatchetError('REQUEST_INVALID', 'neither truth nor reward is there, asked for is one of them');
}

const isNone = (value: unknown) => value === undefined || value === null || value === '';

function textOf(column: string, value: unknown, allowed: string): string | undefined {
  if (isNone(value)) return undefined;
  if (typeof value === 'string' && value.length <= 200) return value;
  throw refused(column, value, allowed);
}

function missing(): never {
  throw new RatchetError('REQUEST_INVALID', 'prediction_id is missing, asked for is the id of a prediction');
}

function rowOf(value: unknown): number {
  if (isNone(value)) return 0;
  const row = typeof value === 'string' && /^\d{1,6}$/.test(value) ? Number(value) : value;
  if (typeof row === 'number' && Number.isInteger(row) && row >= 0 && row <= lastRow) return row;
  throw refused('row', value, `a whole number from 0 to ${lastRow}`);
}

function numberOf(value: unknown): number {
  const number = typeof value === 'string' ? Number(value.trim() || 'none') : value;
  if (typeof number === 'number' && Number.isFinite(number)) return number;
  throw refused('reward', value, 'a number');
}

function timeOf(value: unknown): string {
  if (value instanceof Date && !Number.isNaN(value.getTime())) return value.toISOString();
  if (typeof value === 'string' && !Number.isNaN(Date.parse(value))) return value;
  throw refused('at', value, 'a time as ISO 8601 has it');
}

function refused(column: string, value: unknown, allowed: string): RatchetError {
  const came = String(typeof value === 'object' ? JSON.stringify(value) : value).slice(0, 100);
  return new RatchetError('REQUEST_INVALID', `${column} is "${came}", allowed is ${allowed}`);
}

/** What a text says, where all that there is are texts: a number, a truth value, or the text itself. */
export function readTruth(text: string): unknown {
  if (text === 'true' || text === 'false') return text === 'true';
  if (!/^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(text)) return text;
  const number = Number(text);
  // Digits that a double does not hold are kept as they are.
  return Number.isInteger(number) && !Number.isSafeInteger(number) ? text : number;
}
