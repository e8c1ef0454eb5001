import { z } from 'zod';
import { RatchetError } from '../errors/ratchet-error.js';

/** One setting: the environment variable it comes from, what it means, and the shape its text must have. */
export interface Setting<T> {
  readonly variable: string;
  /** Unit or kind of the value. */
  readonly unit: string;
  /** Text used where the variable is not set. */
  readonly fallback?: string;
  /** A setting with neither fallback nor demand is `undefined` where it is not set. */
  readonly demanded?: boolean;
  /** What it is for, and why the default is what it is. */
  readonly about: string;
  readonly shape: z.ZodType<T, string>;
}

/** Settings of one room, by name. */
export type Section = Readonly<Record<string, Setting<unknown>>>;
export type SectionValues<S extends Section> = {
  readonly [K in keyof S]: S[K] extends Setting<infer T> ? T : never;
};

/** Environment variables; an empty one counts as not set. */
export type Environment = Readonly<Record<string, string | undefined>>;

interface Row<T> {
  readonly variable: string;
  readonly unit: string;
  readonly about: string;
  readonly shape: z.ZodType<T, string>;
}

/** A setting that has a value everywhere. */
export const setting = <T>(fallback: string, row: Row<T>): Setting<T> => ({ ...row, fallback });
/** A setting that no process starts without. */
export const demanded = <T>(row: Row<T>): Setting<T> => ({ ...row, demanded: true });
/** A setting that some processes need: `undefined` where it is not set. */
export const optional = <T>(row: Row<T>): Setting<T | undefined> => row;

export const textShape = z.string();
export const hostPortShape = z.string().regex(/^[^\s/]+:\d{1,5}$/, 'host:port');
export const sha256Shape = z.string().regex(/^[0-9a-f]{64}$/, '64 hex digits in lower case');
export const bucketShape = z
  .string()
  .regex(
    /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/,
    'a bucket name of 3 to 63 lower case letters, digits, dots, dashes',
  );
export const flagShape = z
  .enum(['true', 'false'], { error: 'true or false' })
  .transform((value): boolean => value === 'true');
/** One of a few words. */
export const choiceShape = <const Word extends string>(...words: readonly [Word, ...Word[]]) =>
  z.enum(words, { error: words.join(' or ') });
/** Items with a comma between; blanks around an item are left out. */
export const listShape = z
  .string()
  .transform((value): readonly string[] =>
    value.split(',').flatMap((item) => (item.trim() === '' ? [] : [item.trim()])),
  )
  .refine((items) => new Set(items).size === items.length, 'items that differ from each other');

/** A whole number between two limits, both allowed. */
export function wholeShape(min: number, max: number) {
  const allowed = `a whole number from ${min} to ${max}`;
  return z
    .string()
    .regex(/^\d{1,16}$/, allowed)
    .transform(Number)
    .refine((value) => value >= min && value <= max, allowed);
}

/** An address with one of these schemes. */
export function addressShape(...schemes: readonly string[]) {
  const allowed = `an address that begins with ${schemes.map((name) => `${name}://`).join(' or ')}`;
  return z
    .string()
    .refine(
      (value) => URL.canParse(value) && schemes.includes(new URL(value).protocol.slice(0, -1)),
      allowed,
    );
}

/** Reads one section. Error: `SETTING_INVALID`, naming every variable that is wrong, what came, what is allowed. */
export function readSection<S extends Section>(section: S, env: Environment): SectionValues<S> {
  const problems: string[] = [];
  const values = Object.entries(section).map(([name, row]) => {
    const given = env[row.variable];
    const came = given === undefined || given === '' ? row.fallback : given;
    if (came === undefined) {
      if (row.demanded) problems.push(`${row.variable} is not set, allowed is ${expectation(row)}`);
      return [name, undefined];
    }
    const parsed = row.shape.safeParse(came);
    if (parsed.success) return [name, parsed.data];
    const allowed = parsed.error.issues.map((issue) => issue.message).join(', ');
    problems.push(`${row.variable} is ${shown(row, came)}, allowed is ${allowed}`);
    return [name, undefined];
  });
  if (problems.length > 0) throw new RatchetError('SETTING_INVALID', problems.join('; '), { problems });
  return Object.fromEntries(values) as SectionValues<S>;
}

const expectation = (row: Setting<unknown>) => `${row.unit}: ${row.about}`;

/** Addresses and secrets may carry a password, so their text is never repeated. */
function shown(row: Setting<unknown>, came: string): string {
  return row.unit === 'address' || row.unit === 'secret'
    ? `a text of ${came.length} characters`
    : JSON.stringify(came.slice(0, 80));
}
