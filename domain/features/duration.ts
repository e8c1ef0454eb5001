const unitSeconds = { second: 1, minute: 60, hour: 3600, day: 86_400 } as const;

/** `24 hours` as seconds. The text has been checked by the configuration's schema. */
export function durationSeconds(text: string): number {
  const [count = '', unit = ''] = text.split(' ');
  const seconds = unitSeconds[unit.replace(/s$/, '') as keyof typeof unitSeconds];
  return Number(count) * seconds;
}

/** The same as a SQL interval. Timestamps are UTC, so a day is 24 hours. */
export function intervalSql(text: string): string {
  return `to_seconds(${durationSeconds(text)})`;
}
