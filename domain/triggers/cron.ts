/** A timetable: the numbers that each part of a local time may have. */
export interface Cron {
  readonly minute: ReadonlySet<number>;
  readonly hour: ReadonlySet<number>;
  readonly day: ReadonlySet<number>;
  readonly month: ReadonlySet<number>;
  /** 0 is Sunday. */
  readonly weekday: ReadonlySet<number>;
}

/** A timetable, or what is wrong with it: what came, and what is allowed. */
export type ParsedCron =
  | { readonly kind: 'parsed'; readonly cron: Cron }
  | { readonly kind: 'refused'; readonly came: string; readonly allowed: string };

interface Field {
  readonly part: keyof Cron;
  readonly name: string;
  readonly from: number;
  readonly to: number;
  /** Names of the numbers from `from` on. */
  readonly words: readonly string[];
}

const monthWords = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const weekdayWords = 'sun mon tue wed thu fri sat'.split(' ');

const fields: readonly Field[] = [
  { part: 'minute', name: 'minute', from: 0, to: 59, words: [] },
  { part: 'hour', name: 'hour', from: 0, to: 23, words: [] },
  { part: 'day', name: 'day of month', from: 1, to: 31, words: [] },
  { part: 'month', name: 'month', from: 1, to: 12, words: monthWords },
  // Sunday is 0 and 7.
  { part: 'weekday', name: 'day of week', from: 0, to: 7, words: weekdayWords },
];

/**
 * Reads minute, hour, day of month, month and day of week, as Temporal takes them: numbers, names of three letters,
 * `*`, ranges, lists, steps. A time must meet all five, also both kinds of day.
 */
export function parseCron(text: string): ParsedCron {
  const parts = text.trim().split(/\s+/);
  if (parts.length !== fields.length || text.trim() === '') {
    const count = text.trim() === '' ? 0 : parts.length;
    return refused(
      `${count} ${count === 1 ? 'field' : 'fields'}`,
      `5 fields: ${fields.map(({ name }) => name).join(', ')}`,
    );
  }
  const sets: Partial<Record<keyof Cron, ReadonlySet<number>>> = {};
  for (const [at, field] of fields.entries()) {
    const numbers = numbersOf(parts[at] ?? '', field);
    if (typeof numbers === 'string') return refused(numbers, allowedText(field));
    sets[field.part] = numbers;
  }
  const cron = sets as Cron;
  const longest = Math.max(...[...cron.month].map((month) => monthDays[month - 1] ?? 0));
  return Math.min(...cron.day) > longest
    ? refused(
        `day ${Math.min(...cron.day)} of a month of ${longest} days`,
        'a day that one of its months has',
      )
    : { kind: 'parsed', cron };
}

const monthDays = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function refused(came: string, allowed: string): ParsedCron {
  return { kind: 'refused', came, allowed };
}

function allowedText({ from, to, words }: Field): string {
  const names = words.length === 0 ? '' : `, names such as ${words[1]}`;
  return `numbers from ${from} to ${to}${names}, *, ranges such as ${from}-${from + 2}, lists with commas, steps such as */2`;
}

/** The numbers of a field, or what is wrong with it. */
function numbersOf(text: string, field: Field): ReadonlySet<number> | string {
  const numbers = new Set<number>();
  for (const item of text.split(',')) {
    const range = rangeOf(item, field);
    if (range === undefined) return `${field.name} "${item.slice(0, 40)}"`;
    const [from, to, step] = range;
    // What counts days from Sunday on counts it as 7 too.
    for (let number = from; number <= to; number += step)
      numbers.add(field.part === 'weekday' ? number % 7 : number);
  }
  return numbers;
}

type Range = readonly [from: number, to: number, step: number];

function rangeOf(item: string, field: Field): Range | undefined {
  const [span = '', stepText, ...more] = item.split('/');
  const step = stepText === undefined ? 1 : wholeNumber(stepText);
  if (more.length > 0 || step === undefined || step === 0) return undefined;
  if (span === '*') return [field.from, field.to, step];
  const [first = '', last, ...others] = span.split('-');
  const from = numberOf(first, field);
  const end = stepText === undefined ? from : field.to;
  const to = last === undefined ? end : numberOf(last, field);
  if (others.length > 0 || from === undefined || to === undefined || from > to) return undefined;
  return [from, to, step];
}

function numberOf(text: string, { from, to, words }: Field): number | undefined {
  const word = words.indexOf(text.toLowerCase());
  const number = word === -1 ? wholeNumber(text) : from + word;
  return number !== undefined && number >= from && number <= to ? number : undefined;
}

const wholeNumber = (text: string) => (/^\d{1,4}$/.test(text) ? Number(text) : undefined);
