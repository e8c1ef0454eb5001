const gap = '  ';
const leastWidth = 8;

/**
 * Rows of texts as lines of aligned columns. Where they are wider than `width`, the widest columns give way, evenly
 * and down to a few characters; the first column and those to the right (numbers) never do.
 */
export function fitTable(
  rows: readonly (readonly string[])[],
  toRight: readonly boolean[],
  width: number,
): string[] {
  const widths = columnWidths(rows, toRight, width);
  return rows.map((row) =>
    row
      .map((text, at) => {
        const own = widths[at] ?? 0;
        return toRight[at] ? text.padStart(own) : shortened(text, own).padEnd(own);
      })
      .join(gap)
      .trimEnd(),
  );
}

function columnWidths(
  rows: readonly (readonly string[])[],
  fixed: readonly boolean[],
  width: number,
): number[] {
  const widths = fixed.map((_, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0)));
  let excess = widths.reduce((sum, own) => sum + own + gap.length, -gap.length) - width;
  while (excess > 0) {
    const widest = widths.reduce(
      (best, own, at) => (at > 0 && !fixed[at] && own > (widths[best] ?? 0) ? at : best),
      -1,
    );
    const own = widths[widest];
    if (own === undefined || own <= leastWidth) break;
    widths[widest] = own - 1;
    excess -= 1;
  }
  return widths;
}

function shortened(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, width - 1)}…`;
}
