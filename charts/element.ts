import { escapeText } from './escape-text.js';

/** Attributes of an element; numbers are rounded to hundredths, undefined ones are left out. */
export type Attributes = Readonly<Record<string, string | number | undefined>>;

/** An element with its children, which are markup already. */
export function element(name: string, attributes: Attributes, ...children: readonly string[]): string {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(
      ([key, value]) => ` ${key}="${typeof value === 'number' ? rounded(value) : escapeText(String(value))}"`,
    )
    .join('');
  return children.length === 0 ? `<${name}${written}/>` : `<${name}${written}>${children.join('')}</${name}>`;
}

/** An element that holds text. */
export function textElement(name: string, attributes: Attributes, text: string): string {
  return element(name, attributes, escapeText(text));
}

/** A coordinate: hundredths of a pixel are more than a screen shows. */
export function rounded(value: number): string {
  const hundredths = Math.round(value * 100) / 100;
  return String(hundredths === 0 ? 0 : hundredths);
}
