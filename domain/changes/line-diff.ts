/** Lines around a change that stand beside it. */
const contextLines = 3;
/** Pairs of lines that are compared; beyond, all that differs counts as replaced. */
const mostPairs = 4_000_000;

interface Edit {
  readonly sign: ' ' | '+' | '-';
  readonly line: string;
}

/**
 * A unified diff of two texts, as lines: hunks with three lines around every change, each below its `@@ -a,b +c,d @@`.
 * Empty where they are the same. By the longest common subsequence, removed lines before added ones.
 */
export function lineDiff(before: readonly string[], after: readonly string[]): readonly string[] {
  const edits = editsBetween(before, after);
  const shown = edits.map((_, at) =>
    edits.slice(Math.max(0, at - contextLines), at + contextLines + 1).some(({ sign }) => sign !== ' '),
  );
  const lines: string[] = [];
  let [old, fresh] = [1, 1];
  edits.forEach(({ sign, line }, at) => {
    if (shown[at]) {
      if (!shown[at - 1]) lines.push(hunkHead(edits, shown, at, old, fresh));
      lines.push(`${sign}${line}`);
    }
    if (sign !== '+') old += 1;
    if (sign !== '-') fresh += 1;
  });
  return lines;
}

function hunkHead(
  edits: readonly Edit[],
  shown: readonly boolean[],
  from: number,
  old: number,
  fresh: number,
): string {
  const end = shown.indexOf(false, from);
  const hunk = edits.slice(from, end < 0 ? edits.length : end);
  const without = (sign: Edit['sign']) => hunk.filter((edit) => edit.sign !== sign).length;
  const range = (start: number, count: number) => `${count === 0 ? start - 1 : start},${count}`;
  return `@@ -${range(old, without('+'))} +${range(fresh, without('-'))} @@`;
}

function editsBetween(before: readonly string[], after: readonly string[]): Edit[] {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start += 1;
  let end = 0;
  while (end < shorter - start && before.at(-1 - end) === after.at(-1 - end)) end += 1;
  const same = (lines: readonly string[]): Edit[] => lines.map((line) => ({ sign: ' ', line }));
  return [
    ...same(before.slice(0, start)),
    ...middleEdits(before.slice(start, before.length - end), after.slice(start, after.length - end)),
    ...same(before.slice(before.length - end)),
  ];
}

function middleEdits(before: readonly string[], after: readonly string[]): Edit[] {
  const removed = before.map((line): Edit => ({ sign: '-', line }));
  const added = after.map((line): Edit => ({ sign: '+', line }));
  if (before.length * after.length > mostPairs) return [...removed, ...added];
  const common = commonLengths(before, after);
  const edits: Edit[] = [];
  let [at, to] = [0, 0];
  for (;;) {
    const [old, fresh] = [removed[at], added[to]];
    if (old === undefined || fresh === undefined) return [...edits, ...removed.slice(at), ...added.slice(to)];
    if (old.line === fresh.line) {
      edits.push({ sign: ' ', line: old.line });
      at += 1;
      to += 1;
    } else if ((common[at + 1]?.[to] ?? 0) >= (common[at]?.[to + 1] ?? 0)) {
      edits.push(old);
      at += 1;
    } else {
      edits.push(fresh);
      to += 1;
    }
  }
}

/** At `[i][j]` the length of the longest common subsequence of the lines from `i` and from `j` on. */
function commonLengths(before: readonly string[], after: readonly string[]): readonly Uint32Array[] {
  const rows = Array.from({ length: before.length + 1 }, () => new Uint32Array(after.length + 1));
  for (let at = before.length - 1; at >= 0; at -= 1) {
    const [row, next] = [rows[at], rows[at + 1]];
    if (row === undefined || next === undefined) continue;
    for (let to = after.length - 1; to >= 0; to -= 1) {
      row[to] =
        before[at] === after[to] ? (next[to + 1] ?? 0) + 1 : Math.max(next[to] ?? 0, row[to + 1] ?? 0);
    }
  }
  return rows;
}
