import { z } from 'zod';
import type { InspectedImage } from '../../activities/images/inspect-image.js';
import type { InspectArchive } from '../../activities/serving/scan-release-image.js';
import { verdicts } from '../../domain/verdict.js';
import { askAboutImage } from '../../machine/image-process.js';

const leastShape = z.looseObject({
  imageDigest: z.string().regex(/^sha256:[0-9a-f]{64}$/),
  scan: z.looseObject({
    verdict: z.enum(verdicts),
    reasons: z.array(z.looseObject({ rule: z.string(), verdict: z.enum(verdicts), text: z.string() })).min(1),
    packages: z.number(),
    findings: z.array(z.unknown()),
    findingsLeftOut: z.number(),
    excepted: z.array(z.unknown()),
  }),
  materials: z.looseObject({ text: z.string(), sha256: z.string() }),
  statements: z.array(z.looseObject({ predicateType: z.string() })),
});

/** The process that reads the image met what others made: that it answers in the form of an answer is looked at. */
const inspectedShape = z.custom<InspectedImage>((value) => leastShape.safeParse(value).success);

/** Inspects an image in a process of its own. Errors: those of `askAboutImage`. */
export const inspectArchive: InspectArchive = (asked, signal) =>
  askAboutImage(inspectedShape, { command: 'inspect', ...asked }, { signal });
