import { beforeEach, expect, it } from 'vitest';
import type { ImageScanRecord, ImageScanStore } from '../../domain/ports/image-scans.js';
import { codeOf } from './error-code.js';
import { declared, declaringCommit, moment, type ServingSubject } from './serving-subject.js';

interface ScanSubject extends Pick<ServingSubject, 'endpoints' | 'project'> {
  readonly imageScans: ImageScanStore;
}

const digest = (digit: string) => `sha256:${digit.repeat(64)}`;

function scanOf(project: string, changes: Partial<ImageScanRecord> = {}): ImageScanRecord {
  return {
    ...{ project, endpoint: 'flights', imageDigest: digest('a'), verdict: 'pass', packages: 12 },
    reasons: [{ rule: 'inventory', verdict: 'pass', text: '12 packages are known', n: 12 }],
    ...{ refused: [], refusedDigest: '0'.repeat(64), advisories: 'f'.repeat(64) },
    ...{ databaseOf: moment(1), scannedAt: moment(10) },
    ...changes,
  };
}

export function imageScanStoreConformance(make: () => Promise<ScanSubject>): void {
  let subject: ScanSubject;
  beforeEach(async () => {
    subject = await make();
    const { endpoints, project } = subject;
    await endpoints.declare(project, declaringCommit, [declared('flights'), declared('other')], 'ann');
  });
  const list = (endpoint?: string) =>
    subject.imageScans.list({ project: subject.project, ...(endpoint === undefined ? {} : { endpoint }) });

  it('keeps the scans of each endpoint and image, and gives them as they were put', async () => {
    const { imageScans, project } = subject;
    const bare = { advisories: null, databaseOf: null, verdict: 'inconclusive' } as const;
    const scans = [
      scanOf(project),
      scanOf(project, { imageDigest: digest('b'), refused: ['CVE-1 in curl 8'], verdict: 'fail' }),
      scanOf(project, { endpoint: 'other', ...bare }),
    ];
    for (const scan of scans.toReversed()) await imageScans.put(scan);
    expect(await list()).toEqual(scans);
    expect(await list('other')).toEqual(scans.slice(2));
    expect(await list('none')).toEqual([]);
    expect((await imageScans.list()).filter((one) => one.project === project)).toEqual(scans);
  });

  it('keeps the newest of an image alone, in whatever order they come', async () => {
    const { imageScans, project } = subject;
    const newer = scanOf(project, { verdict: 'fail', scannedAt: moment(20), advisories: '1'.repeat(64) });
    await imageScans.put(scanOf(project));
    await imageScans.put(newer);
    await imageScans.put(scanOf(project, { scannedAt: moment(15) }));
    expect(await list()).toEqual([newer]);
  });

  it('keeps none of an endpoint that it does not know', async () => {
    const { imageScans, project } = subject;
    const put = imageScans.put(scanOf(project, { endpoint: 'none' }));
    expect(await codeOf(put)).toBe('ENDPOINT_NOT_FOUND');
  });
}
