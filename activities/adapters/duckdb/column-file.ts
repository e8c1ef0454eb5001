import { readFile, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import { columnType } from '../../../domain/config/fields.js';
import { RatchetError } from '../../../domain/errors/ratchet-error.js';
import type { Column } from './read-columns.js';

const header = z.array(
  z.object({ name: z.string(), type: columnType, kind: z.enum(['numbers', 'texts']), bytes: z.int().min(0) }),
);
const texts = z.array(z.union([z.string(), z.null()]));

/**
 * Columns as plain bytes: the header's length in 8 bytes, the header as JSON padded to a multiple of 8, then each
 * column: numbers as little-endian doubles, texts as JSON padded to a multiple of 8. Reading it runs no Parquet decoder,
 * so it may come from a process that ran one on a hostile file.
 */
export async function writeColumnFile(path: string, columns: readonly Column[]): Promise<void> {
  const bodies = columns.map(({ values }) =>
    values instanceof Float64Array
      ? Buffer.from(values.buffer, values.byteOffset, values.byteLength)
      : padded(Buffer.from(JSON.stringify(values))),
  );
  const head = padded(
    Buffer.from(
      JSON.stringify(
        columns.map(({ name, type, values }, index) => ({
          name,
          type,
          kind: values instanceof Float64Array ? 'numbers' : 'texts',
          bytes: bodies[index]?.length ?? 0,
        })),
      ),
    ),
  );
  const length = Buffer.alloc(8);
  length.writeUInt32LE(head.length);
  await writeFile(path, Buffer.concat([length, head, ...bodies]));
}

/** Error: `OUTPUT_INVALID` for a file that is not of that form. */
export async function readColumnFile(path: string): Promise<Column[]> {
  const file = await readFile(path);
  try {
    const start = 8 + file.readUInt32LE(0);
    let offset = start;
    return header.parse(JSON.parse(file.toString('utf8', 8, start))).map(({ name, type, kind, bytes }) => {
      const body = file.subarray(offset, offset + bytes);
      if (body.length !== bytes) throw new RangeError('it ends early');
      offset += bytes;
      return {
        name,
        type,
        values: kind === 'numbers' ? numbersOf(body) : texts.parse(JSON.parse(body.toString('utf8'))),
      };
    });
  } catch (cause) {
    throw new RatchetError(
      'OUTPUT_INVALID',
      'the columns handed back are not of the agreed form',
      {},
      { cause },
    );
  }
}

function numbersOf(body: Buffer): Float64Array {
  if (body.length % 8 !== 0) throw new RangeError('numbers are of 8 bytes each');
  const numbers = new Float64Array(body.length / 8);
  Buffer.from(numbers.buffer).set(body);
  return numbers;
}

function padded(bytes: Buffer): Buffer {
  return Buffer.concat([bytes, Buffer.alloc((8 - (bytes.length % 8)) % 8, ' ')]);
}
