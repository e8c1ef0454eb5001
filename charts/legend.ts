import { element, textElement } from './element.js';
import { shorten } from './escape-text.js';

/** What a mark in the plot stands for. */
export interface LegendEntry {
  readonly label: string;
  readonly colour: string;
  readonly mark: 'line' | 'dot' | 'box';
  readonly dashes?: string | undefined;
}

/** Height of one entry in pixels. */
export const legendRowHeight = 18;

/** Entries below each other, the first with its middle at (`x`, `y`). */
export function legend(entries: readonly LegendEntry[], x: number, y: number, mostCharacters = 60): string {
  return entries
    .map((entry, index) => {
      const middle = y + index * legendRowHeight;
      const label = textElement('text', { x: x + 34, y: middle + 4 }, shorten(entry.label, mostCharacters));
      return sample(entry, x, middle) + label;
    })
    .join('');
}

function sample({ colour, mark, dashes }: LegendEntry, x: number, middle: number): string {
  switch (mark) {
    case 'line':
      return element('line', {
        x1: x,
        x2: x + 26,
        y1: middle,
        y2: middle,
        stroke: colour,
        'stroke-width': 2,
        'stroke-dasharray': dashes,
      });
    case 'dot':
      return element('circle', { cx: x + 13, cy: middle, r: 5, fill: colour });
    case 'box':
      return element('rect', { x: x + 6, y: middle - 6, width: 14, height: 12, fill: colour });
  }
}
