import { airports, type Flight } from './model-row.ts';

type Columns = Readonly<Record<string, unknown>>;

/** A row of the dataset as airlines would name the flight; null for one that lacks what they always know. */
export function sampleFlight(columns: Columns): Flight | null {
  const { carrier, origin, dest, distance, sched_min, dow } = columns;
  const airport = airports.find((known) => known === origin);
  const isWhole = [carrier, dest].every(isText) && [distance, sched_min, dow].every(isNumber);
  if (airport === undefined || !isWhole) return null;
  return {
    carrier: String(carrier),
    origin: airport,
    destination: String(dest),
    departure: departureOf(Number(sched_min), Number(dow)),
    distanceMiles: Number(distance),
    flightsThatHour: measured(columns, 'sched_flights_hour'),
    planeAgeYears: measured(columns, 'plane_age'),
    planeSeats: measured(columns, 'plane_seats'),
    temperatureF: measured(columns, 'temp'),
    dewPointF: measured(columns, 'dewp'),
    humidityPercent: measured(columns, 'humid'),
    windMph: measured(columns, 'wind_speed'),
    gustMph: measured(columns, 'wind_gust'),
    precipitationInches: measured(columns, 'precip'),
    pressureMbar: measured(columns, 'pressure'),
    visibilityMiles: measured(columns, 'visib'),
    carrierDelay: measured(columns, 'carrier_delay_24h'),
    routeDelay: measured(columns, 'route_delay_7d'),
    originDelay: measured(columns, 'origin_delay_24h'),
    originLateShare: measured(columns, 'origin_late_24h'),
    originDepartureDelay: measured(columns, 'origin_dep_delay_3h'),
    planeLastDelay: measured(columns, 'tail_last_delay'),
  };
}

/** Some week has to be named: the model reads the day of the week alone, and 11 March 2013 was a Monday. */
function departureOf(minutes: number, weekday: number): string {
  const clock = [Math.floor(minutes / 60), minutes % 60]
    .map((part) => String(part).padStart(2, '0'))
    .join(':');
  return `2013-03-${10 + weekday}T${clock}`;
}

function measured(columns: Columns, name: string): number | null {
  const value = columns[name];
  return isNumber(value) ? value : null;
}

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';
const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);
