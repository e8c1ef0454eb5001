import { z } from 'zod';
import { RatchetError } from '../domain/errors/ratchet-error.js';

const column = z.object({
  name: z.string(),
  kind: z.enum(['number', 'integer', 'text', 'boolean', 'json']),
});
const firstSchema = z.object({
  inputs: z.array(column),
  outputs: z.array(column),
  leftOut: z.array(
    z.object({ model: z.string(), version: z.string(), names: z.array(z.string()), allInputs: z.boolean() }),
  ),
});
const lastSchema = z.object({ end: z.object({ rows: z.int() }) });

export type RecordColumns = Pick<z.infer<typeof firstSchema>, 'inputs' | 'outputs'>;

export interface RecordEnds {
  readonly first: z.infer<typeof firstSchema>;
  readonly rows: number;
}

/** Longer than a first line, and than a last one. */
const mostBytes = 4 * 1024 ** 2;

interface WatchedEnds {
  readonly pass: (stream: AsyncIterable<Uint8Array>) => AsyncGenerator<Uint8Array>;
  readonly head: Buffer[];
  tail: Buffer;
}

/** Hands a record on and keeps its first and its last line; all between is not held. */
export function watchEnds(): WatchedEnds {
  const ends: WatchedEnds = {
    head: [],
    tail: Buffer.alloc(0),
    async *pass(stream) {
      let hasFirst = false;
      for await (const piece of stream) {
        const bytes = Buffer.from(piece);
        if (!hasFirst) ends.head.push(bytes);
        hasFirst ||= bytes.includes(0x0a);
        ends.tail = Buffer.concat([ends.tail, bytes]).subarray(-1024);
        if (!hasFirst && Buffer.concat(ends.head).length > mostBytes) throw notRecord();
        yield piece;
      }
    },
  };
  return ends;
}

/** Errors: `PART_UNAVAILABLE` where the last line did not come, or what came is no record. */
export function endOf({ head, tail }: WatchedEnds): RecordEnds {
  const [firstLine = ''] = Buffer.concat(head).toString('utf8').split('\n');
  const lastLine = tail.toString('utf8').trimEnd().split('\n').at(-1) ?? '';
  const first = firstSchema.safeParse(jsonOf(firstLine));
  if (!first.success) throw notRecord();
  const last = lastSchema.safeParse(jsonOf(lastLine));
  if (!last.success || !tail.toString('utf8').endsWith('\n'))
    throw new RatchetError('PART_UNAVAILABLE', 'the record ended before its last line came; ask again');
  return { first: first.data, rows: last.data.end.rows };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const notRecord = () =>
  new RatchetError(
    'PART_UNAVAILABLE',
    'what came is no record of predictions, as a gateway of Ratchet sends it',
  );
