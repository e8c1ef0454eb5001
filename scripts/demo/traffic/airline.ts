import { group } from 'd3-array';
import type { FlightTable } from './flight-table.js';
import { type AskedHour, timesOf } from './live-flights.js';

/** Changes a value that is sent: what a source that is wrong does. */
export type Distortion = (input: string, value: number | string | null, at: string) => number | string | null;

/** What will be known of one flight, and when. */
interface ComingTruth {
  readonly atMs: number;
  readonly prediction: string;
  /** Its row in the prediction, and how many there are. */
  readonly row: number;
  readonly rows: number;
  readonly late: number;
}

const model = 'late-arrival';
/** As many entries go out at once: they are of no more rows than an endpoint takes. */
const entriesAtOnce = 100;

/**
 * An airline that asks an endpoint about its departures, an hour at a time, and says later what came of them: when it is
 * known, in the order in which it is, and of flights that never arrived never.
 */
export class Airline {
  readonly #address: string;
  readonly #flights: FlightTable;
  readonly #inputs: readonly string[];
  readonly #truthAt: readonly number[];
  #coming: readonly ComingTruth[] = [];
  /** Flights that were asked about, and those whose truth was told. */
  asked = 0;
  told = 0;

  constructor(address: string, flights: FlightTable, inputs: readonly string[]) {
    this.#address = address;
    this.#flights = flights;
    this.#inputs = inputs;
    this.#truthAt = timesOf(flights, 'truth_at');
  }

  /** Error: where the endpoint does not answer with a prediction that it records. */
  async ask({ at, rows }: AskedHour, distort: Distortion = (_, value) => value): Promise<void> {
    const inputs = this.#inputs.map((name) => this.#tensor(name, rows, (value) => distort(name, value, at)));
    const body = { inputs, parameters: { event_at: at } };
    const { parameters } = (await this.#post('infer', body)) as {
      readonly parameters?: { readonly prediction_id?: string };
    };
    const prediction = parameters?.prediction_id;
    if (prediction === undefined) throw new Error(`the prediction of ${at} was not recorded`);
    this.asked += rows.length;
    this.#coming = [...this.#coming, ...this.#truthsOf(prediction, rows)];
  }

  /** Says what has come to be known by an instant and was not said before. */
  async tell(untilMs: number): Promise<void> {
    const due = this.#coming.filter(({ atMs }) => atMs <= untilMs).toSorted((a, b) => a.atMs - b.atMs);
    this.#coming = this.#coming.filter(({ atMs }) => atMs > untilMs);
    const byPrediction = group(due, ({ prediction }) => prediction);
    const entries = [...byPrediction].map(([id, known]) => {
      const truth: (number | null)[] = Array.from({ length: known[0]?.rows ?? 0 }, () => null);
      for (const { row, late } of known) truth[row] = late;
      return { id, truth, source: 'airline' };
    });
    for (let at = 0; at < entries.length; at += entriesAtOnce)
      await this.#post('feedback', entries.slice(at, at + entriesAtOnce));
    this.told += due.length;
  }

  #truthsOf(prediction: string, rows: readonly number[]): ComingTruth[] {
    const late = this.#flights.get('late');
    return rows.flatMap((flight, row) => {
      const [value, atMs] = [Number(late?.[flight] ?? Number.NaN), this.#truthAt[flight] ?? Number.NaN];
      const isKnown = Number.isFinite(value) && Number.isFinite(atMs);
      return isKnown ? [{ atMs, prediction, row, rows: rows.length, late: value }] : [];
    });
  }

  #tensor(
    name: string,
    rows: readonly number[],
    change: (value: number | string | null) => number | string | null,
  ) {
    const values = this.#flights.get(name);
    if (values === undefined) throw new Error(`there is no column ${name}`);
    const isText = !(values instanceof Float64Array);
    const data = rows
      .map((row) => change(values[row] ?? null))
      .map((value) => (isText ? (value ?? '') : value));
    return { name, datatype: isText ? 'BYTES' : 'FP32', shape: [rows.length, 1], data };
  }

  async #post(method: string, body: unknown): Promise<unknown> {
    const response = await fetch(`${this.#address}/v2/models/${model}/${method}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    const text = await response.text();
    if (response.status !== 200)
      throw new Error(`${method} answered ${response.status} ${text.slice(0, 500)}`);
    return JSON.parse(text);
  }
}
