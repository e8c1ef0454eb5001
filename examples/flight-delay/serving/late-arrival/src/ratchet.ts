/** What Ratchet asks of a serving application. The file belongs to it; nothing has to be installed. */

/** One field of a row of the API. */
export interface Field {
  readonly type: 'string' | 'number' | 'integer' | 'boolean';
  /** Whether it must be there. Default: true. */
  readonly required?: boolean;
  /** Whether null may stand for its value. Default: false. */
  readonly nullable?: boolean;
  /** The values that there may be. Default: all of the type. */
  readonly allowed?: readonly (string | number | boolean)[];
  /** Sizes of its arrays, -1 for any. Default: a single value. */
  readonly shape?: readonly number[];
}
export type Fields = Readonly<Record<string, Field>>;

interface ValueOfType {
  string: string;
  number: number;
  integer: number;
  boolean: boolean;
}
type Element<F extends Field> = F extends { allowed: readonly (infer V)[] } ? V : ValueOfType[F['type']];
type Single<F extends Field> = Element<F> | (F extends { nullable: true } ? null : never);
type Value<F extends Field> = F extends { shape: readonly [number, ...number[]] }
  ? readonly unknown[]
  : Single<F>;
type Optional<Fs extends Fields> = {
  [K in keyof Fs]: Fs[K] extends { required: false } ? K : never;
}[keyof Fs];

/** A row with the fields of an API. */
export type RowOf<Fs extends Fields> = { readonly [K in Exclude<keyof Fs, Optional<Fs>>]: Value<Fs[K]> } & {
  readonly [K in Optional<Fs>]?: Value<Fs[K]>;
};

/** A metric on /metrics. A label has the values that are named here; any other counts as `other`. */
export interface Metric {
  readonly kind: 'counter' | 'gauge' | 'histogram';
  readonly help: string;
  readonly labels?: Readonly<Record<string, readonly string[]>>;
  /** Upper bounds of a histogram, rising. */
  readonly buckets?: readonly number[];
}
export type Metrics = Readonly<Record<string, Metric>>;

type Labels = Readonly<Record<string, string>>;
export interface Recorder {
  /** Of a counter. */
  inc(labels?: Labels, by?: number): void;
  /** Of a gauge. */
  set(value: number, labels?: Labels): void;
  /** Of a histogram. */
  observe(value: number, labels?: Labels): void;
}

/** What surrounds a row. */
export interface Context<M extends Metrics> {
  readonly model: { readonly name: string; readonly version: string };
  readonly metrics: { readonly [K in keyof M]: Recorder };
}

type MaybeLater<T> = T | Promise<T>;

export interface Application<I extends Fields, O extends Fields, M extends Metrics, R> {
  readonly api: {
    /** `<major>.<minor>`; a higher major says that clients have to change. */
    readonly version: string;
    /** What clients send for a row. */
    readonly input: I;
    /** What they get for it. */
    readonly output: O;
  };
  readonly metrics?: M;
  /** Rows as clients send them, at least one. Every release asks them. */
  readonly examples: readonly RowOf<I>[];
  /**
   * A row of the API from a row of the model's dataset, by its columns, or null for one that has none. Every release asks
   * some real ones. Without it those are asked that have the fields of the API.
   */
  sample?(columns: Readonly<Record<string, unknown>>): MaybeLater<RowOf<I> | null>;
  /**
   * What the model is asked for a row, by the names of its inputs. A `Refusal` that it throws is told to the client;
   * anything else that it throws is a defect, told in the log. Either is about that row alone.
   */
  preprocess(row: RowOf<I>, context: Context<M>): MaybeLater<R>;
  /**
   * The answer to a row, from what the model says of it: a value where the model has one output, else an object by the
   * names of its outputs.
   */
  postprocess(
    prediction: unknown,
    context: Context<M> & { readonly row: RowOf<I>; readonly modelRow: R },
  ): MaybeLater<RowOf<O>>;
}

/** Gives an application its types, and is nothing else. */
export function defineApplication<
  const I extends Fields,
  const O extends Fields,
  const M extends Metrics,
  R extends Readonly<Record<string, unknown>>,
>(application: Application<I, O, M, R>): Application<I, O, M, R> {
  return application;
}

/** What a client did wrong with a row. Its message is the client's answer. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
}
