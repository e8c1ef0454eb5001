import { StructureError } from './structure-error.js';
import type { WireReader } from './wire-reader.js';

interface FieldRule {
  readonly once: boolean;
  readonly read: (reader: WireReader) => void;
}

/** A field that may stand in its message once. */
export function once(read: (reader: WireReader) => void): FieldRule {
  return { once: true, read };
}

/** A field that may be repeated. */
export function many(read: (reader: WireReader) => void): FieldRule {
  return { once: false, read };
}

/**
 * Reads a message by its table of fields; others are passed over. A field that belongs once and comes twice is
 * refused: parsers merge or replace it each in their own way, so two readers could see two models.
 */
export function readFields(
  reader: WireReader,
  message: string,
  fields: Readonly<Record<number, FieldRule>>,
): void {
  const seen = new Set<number>();
  while (reader.next()) {
    const rule = fields[reader.field];
    if (rule === undefined) {
      reader.skip();
      continue;
    }
    if (rule.once) {
      if (seen.has(reader.field)) {
        throw new StructureError('wire', `field ${reader.field} of ${message} comes more than once`);
      }
      seen.add(reader.field);
    }
    rule.read(reader);
  }
}
