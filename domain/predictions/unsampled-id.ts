const shape = /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
/** Where the version stands in the text of a UUID. */
const versionAt = 14;

/** The id of an answer that was chosen not to be recorded: as that of a prediction, but of version 8. */
export function unsampledId(id: string): string {
  return `${id.slice(0, versionAt)}8${id.slice(versionAt + 1)}`;
}

export const isUnsampledId = (id: string): boolean => shape.test(id);

/** Whether a prediction is among a share of all, by the random part of its id. */
export function isSampled(id: string, share: number): boolean {
  return share === 1 || Number.parseInt(id.slice(-8), 16) < share * 2 ** 32;
}
