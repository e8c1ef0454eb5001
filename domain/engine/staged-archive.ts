const dayMs = 24 * 60 * 60 * 1000;
const name = /^image\.(\d{13})\.[\w-]+$/;

/** The staging key of an archive that somebody reads at once and then deletes. `unique` tells it from others of the moment. */
export function archiveKey(nowMs: number, unique: string): string {
  return `runs/image.${nowMs}.${unique}/image.tar`;
}

/** The folder of an archive in staging, by the address of its object; undefined for an object that is no such archive. */
export function archiveFolder(uri: string): string | undefined {
  const [, folder, run = ''] = /^s3:\/\/[^/]+\/(runs\/([^/]+)\/)image\.tar$/.exec(uri) ?? [];
  return name.test(run) ? folder : undefined;
}

/** Whether an archive was left: whoever asked for it had a day. False for what is no archive. */
export function isLeftArchive(run: string, nowMs: number): boolean {
  const [, madeMs] = name.exec(run) ?? [];
  return madeMs !== undefined && nowMs - Number(madeMs) > dayMs;
}

/** Whether a folder of staging holds an archive of an image, and nothing of a run. */
export function isArchive(run: string): boolean {
  return name.test(run);
}
