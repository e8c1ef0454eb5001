import type { EndpointRecord } from '../ports/endpoints.js';
import type { ImageScanRecord } from '../ports/image-scans.js';
import type { Notice } from '../ports/outbox.js';
import { commands } from './command-words.js';
import { composeNotice } from './compose-notice.js';

export interface ScannedAgain {
  readonly endpoint: EndpointRecord;
  readonly scan: ImageScanRecord;
  /** Member who owns the model. */
  readonly owner: string | null;
  /** Members who run the platform. */
  readonly operations: readonly string[];
}

/** What people are told of an image that is live and would not be released now; null for one that would. */
export function noticeOfImage({ endpoint, scan, owner, operations }: ScannedAgain): Notice | null {
  if (scan.verdict === 'pass') return null;
  const {
    project,
    endpoint: name,
    imageDigest,
    verdict,
    refused,
    refusedDigest,
    databaseOf,
    scannedAt,
  } = scan;
  return composeNotice({
    key: `image:${name}:${imageDigest}:${refusedDigest}`,
    project,
    model: endpoint.model,
    kind: 'image.refused',
    title: `${project}/${name}: the image that is live is ${verdict} by a scan of today`,
    facts: [
      `image: ${imageDigest}`,
      `advisories of: ${databaseOf ?? 'nobody knows when'}`,
      ...refused.map((text) => `refused: ${text}`),
      'it goes on answering; what runs is not stopped by a scan',
    ],
    commands: [
      `all of it: ${commands.showEndpoint(project, name)}`,
      `after a fix: ${commands.startRelease(project, name)}`,
    ],
    to: [owner, ...operations],
    state: 'failure',
    at: scannedAt,
  });
}
