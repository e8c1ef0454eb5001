/**
 * Order of two Debian versions: negative, zero or positive as `a` is older, the same or newer; null where one is no
 * version. Source: Debian Policy 5.6.12. `1.0~rc1` < `1.0` < `1.0-1` < `1:0.5`.
 */
export function compareDebian(a: string, b: string): number | null {
  const [left, right] = [parse(a), parse(b)];
  if (left === null || right === null) return null;
  return (
    left.epoch - right.epoch ||
    compareParts(left.upstream, right.upstream) ||
    compareParts(left.revision, right.revision)
  );
}

/** A colon belongs to the epoch, or comes after one; a dash has a revision behind it. */
const form = /^(?:(\d{1,9}):)?(\d[0-9A-Za-z.+~:-]{0,199}?)(?:-([0-9A-Za-z.+~]{1,200}))?$/;

function parse(version: string) {
  const [, epoch, upstream = '', revision = ''] = form.exec(version.trim()) ?? [];
  const isMisplaced = epoch === undefined && upstream.includes(':');
  if (upstream === '' || upstream.endsWith('-') || isMisplaced) return null;
  return { epoch: Number(epoch ?? 0), upstream, revision };
}

/** Text and numbers in turn; text first. */
function compareParts(a: string, b: string): number {
  const [left, right] = [a.match(/\d+|\D+/g) ?? [], b.match(/\d+|\D+/g) ?? []];
  let [at, beside] = [0, 0];
  while (at < left.length || beside < right.length) {
    const [text, otherText] = [textAt(left, at), textAt(right, beside)];
    const byText = compareText(text, otherText);
    if (byText !== 0) return byText;
    if (text !== '') at += 1;
    if (otherText !== '') beside += 1;
    const byNumber = compareDigits(numberAt(left, at), numberAt(right, beside));
    if (byNumber !== 0) return byNumber;
    if (numberAt(left, at) !== '') at += 1;
    if (numberAt(right, beside) !== '') beside += 1;
  }
  return 0;
}

const textAt = (parts: readonly string[], at: number) =>
  /^\D/.test(parts[at] ?? '') ? (parts[at] ?? '') : '';
const numberAt = (parts: readonly string[], at: number) =>
  /^\d/.test(parts[at] ?? '') ? (parts[at] ?? '') : '';

/** Letters before all else, and `~` before even the end. */
function compareText(a: string, b: string): number {
  for (let at = 0; at < Math.max(a.length, b.length); at += 1) {
    const difference = rank(a[at]) - rank(b[at]);
    if (difference !== 0) return difference;
  }
  return 0;
}

function rank(character: string | undefined): number {
  if (character === undefined) return 0;
  if (character === '~') return -1;
  const code = character.charCodeAt(0);
  return /[A-Za-z]/.test(character) ? code : code + 256;
}

/** As numbers of any length; none is zero. */
export function compareDigits(a: string, b: string): number {
  const [left, right] = [a.replace(/^0+/, ''), b.replace(/^0+/, '')];
  if (left.length !== right.length) return left.length - right.length;
  return left < right ? -1 : Number(left > right);
}
