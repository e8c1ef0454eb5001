import type { Needle } from './forms.js';

/** Something that was written, wherever that was. */
export interface Written {
  readonly place: 'database' | 'history' | 'bucket' | 'file' | 'API' | 'process';
  readonly name: string;
  readonly bytes: Buffer;
}

/** `bucket runs/1/notes.md: the tracker key, hex`. */
export function findIn({ place, name, bytes }: Written, needles: readonly Needle[]): readonly string[] {
  return needles
    .filter((needle) => bytes.includes(needle.bytes))
    .map((needle) => `${place} ${name}: ${needle.name}, ${needle.form}`);
}
