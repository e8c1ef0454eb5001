import { compareDigits } from './debian.js';

const form =
  /^v?(?:(\d+)!)?(\d+(?:\.\d+)*)(?:[-_.]?(alpha|a|beta|b|preview|pre|c|rc)[-_.]?(\d*))?(?:-(\d+)|[-_.]?(post|rev|r)[-_.]?(\d*))?(?:[-_.]?(dev)[-_.]?(\d*))?(?:\+([a-z0-9]+(?:[-_.][a-z0-9]+)*))?$/;

/** A pre-release by its stage; a development release of none comes before all, a final one after. */
const stages: Readonly<Record<string, number>> = {
  a: 1,
  alpha: 1,
  b: 2,
  beta: 2,
  c: 3,
  rc: 3,
  pre: 3,
  preview: 3,
};
const stageOfDevelopment = 0;
const stageOfFinal = 4;

/**
 * Order of two Python versions, as `compareDebian` gives it; null where one is no version of PEP 440.
 * `1.0.dev1` < `1.0a1` < `1.0rc1` < `1.0` < `1.0+local` < `1.0.post1`.
 */
export function comparePep440(a: string, b: string): number | null {
  const [left, right] = [parse(a), parse(b)];
  if (left === null || right === null) return null;
  return (
    compareDigits(left.epoch, right.epoch) ||
    compareRelease(left.release, right.release) ||
    left.stage - right.stage ||
    compareDigits(left.stageNumber, right.stageNumber) ||
    compareOptional(left.post, right.post) ||
    compareDevelopment(left.development, right.development) ||
    compareLocal(left.local, right.local)
  );
}

function parse(version: string) {
  const match = form.exec(version.trim().toLowerCase());
  if (match === null) return null;
  const [, epoch = '0', release = '0', stage, stageNumber = '', implicitPost, post, postNumber = ''] = match;
  const [, , , , , , , , dev, devNumber = '', local] = match;
  const hasPost = implicitPost !== undefined || post !== undefined;
  const isDevelopmentOnly = dev !== undefined && stage === undefined && !hasPost;
  return {
    epoch,
    release: release.split('.'),
    stage: stage !== undefined ? (stages[stage] ?? 0) : isDevelopmentOnly ? stageOfDevelopment : stageOfFinal,
    stageNumber,
    post: hasPost ? (implicitPost ?? postNumber) : undefined,
    development: dev === undefined ? undefined : devNumber,
    local: local?.split(/[-_.]/),
  };
}

function compareRelease(a: readonly string[], b: readonly string[]): number {
  for (let at = 0; at < Math.max(a.length, b.length); at += 1) {
    const difference = compareDigits(a[at] ?? '', b[at] ?? '');
    if (difference !== 0) return difference;
  }
  return 0;
}

/** One that is there comes after none. */
function compareOptional(a: string | undefined, b: string | undefined): number {
  if (a === undefined || b === undefined) return Number(a !== undefined) - Number(b !== undefined);
  return compareDigits(a, b);
}

/** One that is there comes before none. */
function compareDevelopment(a: string | undefined, b: string | undefined): number {
  if (a === undefined || b === undefined) return Number(b !== undefined) - Number(a !== undefined);
  return compareDigits(a, b);
}

/** Numbers come after words, and the longer one after its beginning. */
function compareLocal(a: readonly string[] | undefined, b: readonly string[] | undefined): number {
  if (a === undefined || b === undefined) return Number(a !== undefined) - Number(b !== undefined);
  for (let at = 0; at < Math.max(a.length, b.length); at += 1) {
    const [one, other] = [a[at], b[at]];
    if (one === undefined || other === undefined) return a.length - b.length;
    const [isNumber, isOtherNumber] = [/^\d+$/.test(one), /^\d+$/.test(other)];
    if (isNumber !== isOtherNumber) return isNumber ? 1 : -1;
    const difference = isNumber ? compareDigits(one, other) : one < other ? -1 : Number(one > other);
    if (difference !== 0) return difference;
  }
  return 0;
}
