import type { Demo } from '../demo.js';
import { tell } from '../narrator.js';
import type { Airline, Distortion } from './airline.js';
import type { AskedHour } from './live-flights.js';

const dayMs = 86_400_000;

export interface PlayedDays {
  /** First instant, and the one that is not played any more; ISO-8601. */
  readonly from: string;
  readonly to: string;
  readonly distort?: Distortion;
}

/** Plays an airline's hours of a span of time: a day is asked about hour by hour, and what is known by its end is told. */
export async function playDays(
  { clock }: Pick<Demo, 'clock'>,
  { airline, hours }: { readonly airline: Airline; readonly hours: readonly AskedHour[] },
  { from, to, distort }: PlayedDays,
): Promise<void> {
  const before = { asked: airline.asked, told: airline.told };
  const beganMs = Date.now();
  for (let dayAt = Date.parse(from); dayAt < Date.parse(to); dayAt = nextDay(dayAt)) {
    const end = new Date(Math.min(nextDay(dayAt), Date.parse(to))).toISOString();
    for (const hour of hours)
      if (hour.at >= new Date(dayAt).toISOString() && hour.at < end) await airline.ask(hour, distort);
    await airline.tell(Date.parse(end));
    await clock.set(end);
  }
  const [asked, told] = [airline.asked - before.asked, airline.told - before.told];
  const seconds = ((Date.now() - beganMs) / 1000).toFixed(1);
  tell(
    `${from.slice(0, 10)} to ${to.slice(0, 10)}: ${asked} flights asked about, what came of ${told} told, in ${seconds} s`,
  );
}

const nextDay = (atMs: number) => (Math.floor(atMs / dayMs) + 1) * dayMs;
