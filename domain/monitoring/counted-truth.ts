import type { TrafficTruth } from '../ports/watches.js';
import { printableText } from '../printable.js';

/** Rows of which a source was the first to tell, and of them those that count. */
export interface SourceShare {
  readonly source: string;
  readonly rows: number;
  readonly counted: number;
}

/** Rows with a truth that does not count. */
export interface TruthLeftOut {
  /** It came too lately. */
  readonly quarantined: number;
  /** Its source is none of those that are declared. */
  readonly undeclared: number;
  /** Sources that nobody declared contradict each other. */
  readonly contested: number;
  /** One of several sources told more than its share. */
  readonly overShare: number;
}

export interface CountedTruth {
  /** Of each row; NaN where nothing counts. */
  readonly labels: Float64Array;
  /** Of rows that count. */
  readonly delaysMs: readonly number[];
  readonly sources: readonly SourceShare[];
  readonly leftOut: TruthLeftOut;
}

export interface CountingRules {
  readonly mostShareOfSource: number;
  readonly quarantineMs: number;
  /** Names of sources that are trusted. None: no source is, and each is held by its share. */
  readonly declared: readonly string[];
}

interface Picked {
  readonly row: number;
  readonly label: number;
  readonly delayMs: number;
}

const mostSources = 20;

/**
 * Which truth of a window counts. Of one row the first word counts, where no other contradicts it. A source that is alone,
 * and was alone in the windows before, counts whole; of several none has more than its share of what counts.
 *
 * @param at when it is judged, and sources of the windows before
 */
export function countedTruth(
  rows: readonly { readonly truths: readonly TrafficTruth[] }[],
  rules: CountingRules,
  at: { readonly now: string; readonly sourcesBefore: readonly string[] },
): CountedTruth {
  const labels = new Float64Array(rows.length).fill(Number.NaN);
  const left = { quarantined: 0, undeclared: 0, contested: 0, overShare: 0 };
  const bySource = new Map<string, Picked[]>();
  const notAfterMs = Date.parse(at.now) - rules.quarantineMs;
  for (const [row, { truths }] of rows.entries()) {
    const words = truths.filter(({ truth }) => Number.isFinite(labelOf(truth)));
    for (const { source } of words) if (!bySource.has(source)) bySource.set(source, []);
    if (words.length === 0) continue;
    const settled =
      rules.quarantineMs === 0 ? words : words.filter((of) => Date.parse(of.receivedAt) <= notAfterMs);
    const trusted = settled.filter(({ source }) => isTrusted(rules, source));
    const [first] = trusted;
    if (settled.length === 0) left.quarantined += 1;
    else if (first === undefined) left.undeclared += 1;
    else if (rules.declared.length === 0 && contradict(trusted)) left.contested += 1;
    else bySource.get(first.source)?.push({ row, label: labelOf(first.truth), delayMs: first.delayMs });
  }
  const room = roomOf(bySource, rules, at.sourcesBefore);
  const delays: number[] = [];
  const sources = [...bySource].map(([source, picked]) => {
    const counted = room(source, picked.length);
    for (const { row, label, delayMs } of evenly(picked, counted)) {
      labels[row] = label;
      delays.push(delayMs);
    }
    left.overShare += picked.length - counted;
    return { source: printableText(source), rows: picked.length, counted };
  });
  const shown = sources.toSorted((a, b) => b.rows - a.rows).slice(0, mostSources);
  return { labels, delaysMs: delays, sources: shown, leftOut: left };
}

/** What is neither a number nor a truth value is no label. */
function labelOf(truth: unknown): number {
  if (typeof truth === 'number') return truth;
  return typeof truth === 'boolean' ? Number(truth) : Number.NaN;
}

function isTrusted({ declared }: CountingRules, source: string): boolean {
  return declared.length === 0 || declared.includes(source);
}

function contradict(words: readonly TrafficTruth[]): boolean {
  const [first] = words;
  return words.some(({ truth }) => labelOf(truth) !== labelOf(first?.truth));
}

/** How many rows of a source count. */
function roomOf(
  bySource: ReadonlyMap<string, readonly unknown[]>,
  { mostShareOfSource, declared }: CountingRules,
  before: readonly string[],
): (source: string, rows: number) => number {
  const isAlone = new Set([...bySource.keys(), ...before]).size <= 1;
  if (declared.length > 0 || isAlone || mostShareOfSource === 1) return (_, rows) => rows;
  let counts = new Map([...bySource].map(([source, picked]) => [source, picked.length] as const));
  for (let isStable = false; !isStable; ) {
    const most = Math.floor(mostShareOfSource * [...counts.values()].reduce((sum, count) => sum + count, 0));
    isStable = [...counts.values()].every((count) => count <= most);
    counts = new Map([...counts].map(([source, count]) => [source, Math.min(count, most)] as const));
  }
  return (source) => counts.get(source) ?? 0;
}

/** So many of them, spread over all: whoever tells more does not choose which. */
function evenly(picked: readonly Picked[], count: number): readonly Picked[] {
  if (count >= picked.length) return picked;
  const placeOf = (at: number) => Math.floor((at * count) / picked.length);
  return picked.filter((_, at) => placeOf(at + 1) > placeOf(at));
}
