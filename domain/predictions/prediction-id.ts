/** A UUID of version 7, written in lower case. */
const shape = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
/** Later than any that a database holds, as ISO texts of four digits. */
const latestMs = Date.UTC(9999, 11, 31);

/** Time of an id, which is when its prediction was answered (ISO, to the millisecond); null where it is no such id. */
export function timeOfPredictionId(id: string): string | null {
  if (!shape.test(id)) return null;
  const ms = Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16);
  return ms <= latestMs ? new Date(ms).toISOString() : null;
}
