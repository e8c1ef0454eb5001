import { nearestName } from '../config/nearest-name.js';

/**
 * Undefined for the name of a time zone; else the name that is probably meant, where there is one. The machine takes
 * every spelling of capitals and offsets too, the server of the schedules looks for a file of this name.
 */
export function timeZoneProblem(name: string): { readonly meant: string | undefined } | undefined {
  const shown = shownZone(name);
  if (shown === undefined) return { meant: nearestName(name, Intl.supportedValuesOf('timeZone')) };
  const isOffset = !/^[A-Za-z]/.test(name);
  const isMisspelled = shown !== name && shown.toLowerCase() === name.toLowerCase();
  if (!isOffset && !isMisspelled) return undefined;
  return { meant: isOffset ? undefined : shown };
}

/** What a clock in a time zone shows. */
export interface LocalClock {
  /** Local date and time as if it were UTC, in milliseconds since 1970. */
  localMs(instantMs: number): number;
}

/** Error: `RangeError` for a name that is no time zone. */
export function localClock(timeZone: string): LocalClock {
  const formatter = new Intl.DateTimeFormat('en-US', { ...parts, timeZone });
  return {
    localMs(instantMs) {
      const shown: Partial<Record<Intl.DateTimeFormatPartTypes, string>> = {};
      for (const { type, value } of formatter.formatToParts(instantMs)) shown[type] = value;
      const { year, month, day, hour, minute, second } = shown;
      return Date.UTC(
        Number(year),
        Number(month) - 1,
        Number(day),
        Number(hour),
        Number(minute),
        Number(second),
      );
    },
  };
}

const parts = {
  calendar: 'gregory',
  numberingSystem: 'latn',
  hourCycle: 'h23',
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
  hour: 'numeric',
  minute: 'numeric',
  second: 'numeric',
} as const;

/** The time zone under the name that this machine knows it by. */
function shownZone(timeZone: string): string | undefined {
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone }).resolvedOptions().timeZone;
  } catch {
    return undefined;
  }
}
