import type { components } from './generated/api.js';

type Scan = components['schemas']['EndpointDetail']['imageScan'];

/** What the newest scan of an image came to, in one line; undefined where none was made after its release. */
export function scanText(scan: Scan): string | undefined {
  if (scan === null) return undefined;
  const { verdict, packages, databaseOf, scannedAt } = scan;
  const advisories = databaseOf === null ? 'no advisories' : `advisories of ${databaseOf}`;
  return `${verdict} at ${scannedAt}, ${packages} packages, ${advisories}`;
}

/** What keeps it from passing, a line each. */
export function refusedLines(scan: Scan): readonly string[] {
  return scan === null ? [] : scan.refused.map((text) => `refused by a scan of today: ${text}`);
}
