import { type Flight, timetable } from './model-row.ts';

/** What the desk may look into, in the order in which it is told. */
export const reasonCodes = ['late-plane', 'late-airport', 'late-carrier', 'weather', 'evening'] as const;
export type ReasonCode = (typeof reasonCodes)[number];

/** From so many minutes on a delay is one. */
const delayMinutes = 15;
const eveningMinutes = 17 * 60;

const rules: Readonly<Record<ReasonCode, (flight: Flight) => boolean>> = {
  'late-plane': ({ planeLastDelay }) => isAtLeast(planeLastDelay, delayMinutes),
  'late-airport': ({ originDelay, originDepartureDelay }) =>
    isAtLeast(originDelay, delayMinutes) || isAtLeast(originDepartureDelay, delayMinutes),
  'late-carrier': ({ carrierDelay }) => isAtLeast(carrierDelay, delayMinutes),
  weather: ({ gustMph, windMph, precipitationInches, visibilityMiles }) =>
    isAtLeast(gustMph, 35) ||
    isAtLeast(windMph, 25) ||
    isAtLeast(precipitationInches, 0.1) ||
    (typeof visibilityMiles === 'number' && visibilityMiles < 3),
  evening: ({ departure }) => timetable(departure).minutes >= eveningMinutes,
};

/**
 * Facts about a flight that go with late arrivals. They are rules of thumb beside the answer, and do not explain how the
 * model came to it.
 */
export function reasonsOf(flight: Flight): readonly ReasonCode[] {
  return reasonCodes.filter((code) => rules[code](flight));
}

const isAtLeast = (value: number | null | undefined, least: number) =>
  typeof value === 'number' && value >= least;
