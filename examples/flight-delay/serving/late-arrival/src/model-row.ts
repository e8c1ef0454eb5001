import { Refusal } from './ratchet.ts';

/** Airports of New York. */
export const airports = ['EWR', 'JFK', 'LGA'] as const;
export type Airport = (typeof airports)[number];

type Measured = number | null | undefined;

/** A flight as airlines name it. What is not known of it is left out, or null. */
export interface Flight {
  readonly carrier: string;
  readonly origin: Airport;
  readonly destination: string;
  readonly departure: string;
  readonly distanceMiles: number;
  readonly flightsThatHour?: Measured;
  readonly planeAgeYears?: Measured;
  readonly planeSeats?: Measured;
  readonly temperatureF?: Measured;
  readonly dewPointF?: Measured;
  readonly humidityPercent?: Measured;
  readonly windMph?: Measured;
  readonly gustMph?: Measured;
  readonly precipitationInches?: Measured;
  readonly pressureMbar?: Measured;
  readonly visibilityMiles?: Measured;
  readonly carrierDelay?: Measured;
  readonly routeDelay?: Measured;
  readonly originDelay?: Measured;
  readonly originLateShare?: Measured;
  readonly originDepartureDelay?: Measured;
  readonly planeLastDelay?: Measured;
}

/** The same flight by the columns that the model was trained on; null where nothing is known. */
export function modelRow(flight: Flight) {
  const { minutes, weekday } = timetable(flight.departure);
  if (flight.distanceMiles <= 0) throw new Refusal('distanceMiles must be more than 0');
  return {
    distance: flight.distanceMiles,
    sched_min: minutes,
    dow: weekday,
    sched_flights_hour: flight.flightsThatHour ?? null,
    plane_age: flight.planeAgeYears ?? null,
    plane_seats: flight.planeSeats ?? null,
    temp: flight.temperatureF ?? null,
    dewp: flight.dewPointF ?? null,
    humid: flight.humidityPercent ?? null,
    wind_speed: flight.windMph ?? null,
    wind_gust: flight.gustMph ?? null,
    precip: flight.precipitationInches ?? null,
    pressure: flight.pressureMbar ?? null,
    visib: flight.visibilityMiles ?? null,
    carrier_delay_24h: flight.carrierDelay ?? null,
    route_delay_7d: flight.routeDelay ?? null,
    origin_delay_24h: flight.originDelay ?? null,
    origin_late_24h: flight.originLateShare ?? null,
    origin_dep_delay_3h: flight.originDepartureDelay ?? null,
    tail_last_delay: flight.planeLastDelay ?? null,
    carrier: flight.carrier,
    origin: flight.origin,
    dest: flight.destination,
  };
}

/** Minutes since midnight, and the day of the week from 1 for Monday, of a local time. */
export function timetable(departure: string): { readonly minutes: number; readonly weekday: number } {
  const [, day, hours = '', minutes = ''] =
    /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):([0-5]\d)$/.exec(departure) ?? [];
  const midnight = new Date(`${day}T00:00:00Z`);
  if (day === undefined || Number.isNaN(midnight.getTime()) || midnight.toISOString().slice(0, 10) !== day) {
    throw new Refusal('departure must be a local time such as 2013-03-15T18:30');
  }
  return { minutes: Number(hours) * 60 + Number(minutes), weekday: midnight.getUTCDay() || 7 };
}
