import { element, textElement } from './element.js';
import { shorten } from './escape-text.js';
import { palette } from './palette.js';

/** What every picture has: a size in pixels, a heading, and a sentence for those who cannot see it. */
export interface PictureFrame {
  readonly width: number;
  readonly height: number;
  readonly title: string;
  readonly description: string;
}

/** Room for the heading above a plot. */
export const headingHeight = 34;

/** An `<svg>` on white paper with its heading; it scales with the page. `children` are markup. */
export function picture(frame: PictureFrame, ...children: readonly string[]): string {
  const { width, height, title, description } = frame;
  return element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      role: 'img',
      viewBox: `0 0 ${width} ${height}`,
      width,
      height,
      'font-family': 'system-ui, "DejaVu Sans", sans-serif',
      'font-size': 12,
      fill: palette.ink,
    },
    textElement('title', {}, title),
    textElement('desc', {}, description),
    element('rect', { width, height, fill: palette.paper }),
    textElement(
      'text',
      { x: 14, y: 22, 'font-size': 14, 'font-weight': 600 },
      shorten(title, Math.floor(width / 8)),
    ),
    ...children,
  );
}
