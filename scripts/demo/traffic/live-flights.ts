import type { FlightTable } from './flight-table.js';

/** One hour of departures that an airline asks about at once. */
export interface AskedHour {
  /** Whose hour it is, ISO-8601: when they are asked about. */
  readonly at: string;
  /** Rows of the table. */
  readonly rows: readonly number[];
}

const hourMs = 3_600_000;

/** Departures by the hour in which they are asked about, in order; none for an hour without any. */
export function askedHours(flights: FlightTable): readonly AskedHour[] {
  const hours = new Map<number, number[]>();
  for (const [row, at] of timesOf(flights, 'predict_at').entries()) {
    const hour = Math.floor(at / hourMs);
    const rows = hours.get(hour);
    if (rows === undefined) hours.set(hour, [row]);
    else rows.push(row);
  }
  return [...hours]
    .toSorted(([a], [b]) => a - b)
    .map(([hour, rows]) => ({ at: new Date(hour * hourMs).toISOString(), rows }));
}

/** Milliseconds since 1970; NaN where there is no instant. */
export function timesOf(flights: FlightTable, name: string): readonly number[] {
  const values = flights.get(name);
  if (values === undefined || values instanceof Float64Array)
    throw new Error(`${name} is no column of times`);
  return values.map((text) => (text === null ? Number.NaN : Date.parse(text)));
}
