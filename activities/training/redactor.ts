import { createReadStream, createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { formsOfSecret } from './secret-forms.js';

const mark = '***';

/** Takes the secrets that a program was given out of what the program says. */
export interface Redactor {
  /** The text with `***` for each secret, as it stands or in one of its usual encodings. */
  text(text: string): string;
  /** The same for a text whose beginning was cut off, perhaps in the middle of a secret. */
  tail(text: string): string;
  /** Whether a file holds a secret. */
  isIn(path: string): Promise<boolean>;
  /** A file with the same content and no secret: the file itself, or else a copy at `copy`. */
  clean(path: string, copy: string): Promise<string>;
}

/**
 * A redactor for the values of secrets. A value is found as it stands, line by line where it has several, in Base64 that
 * holds more than the value, as hex, percent-encoded and escaped as JSON. Values of fewer than six characters are left.
 */
export function createRedactor(secrets: readonly string[]): Redactor {
  const forms = longestFirst(secrets.flatMap(formsOfSecret));
  // Files are searched byte by byte, in an encoding that has one character for each.
  const bytes = forms.map((form) => Buffer.from(form).toString('latin1'));
  const isIn = (path: string) => holdsAny(path, bytes);
  return {
    text: (text) => hide(text, forms),
    tail: (text) => hide(withoutHalf(text, forms), forms),
    isIn,
    async clean(path, copy) {
      if (!(await isIn(path))) return path;
      await pipeline(createReadStream(path), (chunks) => without(chunks, bytes), createWriteStream(copy));
      return copy;
    },
  };
}

async function holdsAny(path: string, forms: readonly string[]): Promise<boolean> {
  if (forms.length === 0) return false;
  let rest = '';
  for await (const chunk of createReadStream(path)) {
    const text = rest + chunk.toString('latin1');
    if (forms.some((form) => text.includes(form))) return true;
    rest = endOf(text, forms);
  }
  return false;
}

/** A form that is part of another must not break it up. */
function longestFirst(forms: readonly string[]): string[] {
  return [...new Set(forms)].toSorted((a, b) => b.length - a.length);
}

function hide(text: string, forms: readonly string[]): string {
  return forms.reduce((rest, form) => rest.replaceAll(form, mark), text);
}

/** Fewer characters of a secret tell nothing of it. */
const leastHalf = 4;

/** Takes the end of a form off the beginning of a text. */
function withoutHalf(text: string, forms: readonly string[]): string {
  const length = Math.max(0, ...forms.map((form) => halfLength(text, form)));
  return length === 0 ? text : mark + text.slice(length);
}

function halfLength(text: string, form: string): number {
  for (let length = Math.min(form.length - 1, text.length); length >= leastHalf; length -= 1) {
    if (text.startsWith(form.slice(-length))) return length;
  }
  return 0;
}

/** What may be the beginning of a form waits for the next chunk. */
async function* without(chunks: AsyncIterable<Buffer>, forms: readonly string[]): AsyncGenerator<Buffer> {
  let rest = '';
  for await (const chunk of chunks) {
    const text = hide(rest + chunk.toString('latin1'), forms);
    rest = endOf(text, forms);
    yield Buffer.from(text.slice(0, text.length - rest.length), 'latin1');
  }
  yield Buffer.from(rest, 'latin1');
}

/** As much of the end of a text as can be the beginning of a form. */
function endOf(text: string, forms: readonly string[]): string {
  const longest = forms[0]?.length ?? 1;
  return longest === 1 ? '' : text.slice(-(longest - 1));
}
