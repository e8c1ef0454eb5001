import { z } from 'zod';
import type { ScanArchive } from '../../activities/endpoints/rescan-image.js';
import type { ImageScan } from '../../activities/images/scan-image.js';
import { verdicts } from '../../domain/verdict.js';
import { askAboutImage } from '../../machine/image-process.js';

const leastShape = z.looseObject({
  imageDigest: z.string().regex(/^sha256:[0-9a-f]{64}$/),
  verdict: z.enum(verdicts),
  reasons: z.array(z.looseObject({ rule: z.string(), verdict: z.enum(verdicts), text: z.string() })).min(1),
  packages: z.number(),
  database: z.looseObject({ kind: z.enum(['absent', 'broken', 'read']) }),
  findings: z.array(z.looseObject({ kind: z.string(), id: z.string(), severity: z.string() })),
  excepted: z.array(z.looseObject({ finding: z.looseObject({ id: z.string() }) })),
});

/** The process that reads the image met what others made: that it answers in the form of an answer is looked at. */
const scanShape = z.custom<ImageScan>((value) => leastShape.safeParse(value).success);

/** Scans an image in a process of its own. Errors: those of `askAboutImage`. */
export const scanArchive: ScanArchive = (asked, signal) =>
  askAboutImage(scanShape, { command: 'scan', reports: [], ...asked }, { signal });
