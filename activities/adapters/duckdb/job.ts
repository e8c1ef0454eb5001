import { z } from 'zod';
import type { TableConfig } from '../../../domain/config/table.js';
import type { ColumnNeed } from '../../../domain/features/view-needs.js';

/** One step of a job. `say` is told to whoever waits. A step with a `file` runs SQL that stands in that file of the repository. */
export type JobStep = { readonly say?: string } & (
  | { readonly do: 'run'; readonly sql: string; readonly file?: string }
  /** Rows of a query, kept under `name`. */
  | { readonly do: 'rows'; readonly name: string; readonly sql: string }
  /** Ends the job where the query gives a row: the rows become the details of the error. */
  | { readonly do: 'refuse'; readonly sql: string; readonly code: string; readonly message: string }
  /** A SELECT from a repository becomes a view, if it is one SELECT over the named tables. */
  | {
      readonly do: 'view';
      readonly view: string;
      readonly sql: string;
      readonly file: string;
      readonly tables: readonly string[];
    }
  /** An expression from a repository is checked to be no more than that. */
  | { readonly do: 'expression'; readonly sql: string; readonly file: string }
  /** A relation with the types of the platform; its columns are kept under `name`. */
  | {
      readonly do: 'shape';
      readonly name: string;
      readonly from: string;
      readonly to: string;
      readonly as: 'view' | 'table';
      readonly file: string;
      readonly needs: readonly ColumnNeed[];
      /** Ends the SELECT: conditions on `from`. */
      readonly where?: string;
    }
  /** Digest of columns of a relation, kept under `name`: of its rows as a bag with their number, or in the order of `by`. */
  | {
      readonly do: 'digest';
      readonly name: string;
      readonly relation: string;
      readonly columns: readonly string[];
      readonly by?: string;
    }
  /** Files as they came to one Parquet file of text, ordered; the number of rows is kept under `name`. */
  | {
      readonly do: 'snapshot';
      readonly name: string;
      readonly table: Pick<TableConfig, 'name' | 'columns' | 'nullText'>;
      readonly format: 'csv' | 'parquet';
      /** In CSV: whether `""` is an empty text rather than null. */
      readonly quotedNulls: boolean;
      readonly files: readonly string[];
      readonly to: string;
    }
  /** Columns of a Parquet file to a file of numbers and texts that needs no trust to be read. */
  | {
      readonly do: 'columns';
      readonly from: string;
      readonly columns: readonly string[];
      readonly to: string;
    }
);

/** What the child process reads. */
export interface JobFile {
  readonly folder: string;
  readonly database: string;
  readonly inputs: readonly string[];
  readonly threads: number;
  readonly memoryMiB: number;
  readonly steps: readonly JobStep[];
}

const value = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const resultRow = z.record(z.string(), value);

/** A row of a result. Whole numbers of 64 bits and instants are text. */
export type JobRow = z.infer<typeof resultRow>;
export type JobResults = Readonly<Record<string, readonly JobRow[]>>;

/** What the child process writes: it has run code of others, so it is parsed like any input. */
export const jobOutcome = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), results: z.record(z.string(), z.array(resultRow)) }),
  z.object({
    ok: z.literal(false),
    code: z.string(),
    message: z.string(),
    details: z.record(z.string(), z.json()),
  }),
]);
export type JobOutcome = z.infer<typeof jobOutcome>;
