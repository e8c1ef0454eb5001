import { escapeMarkup } from '../domain/escape-markup.js';

/** What XML 1.0 cannot hold even escaped: control characters, lone surrogates, two non-characters. */
const unprintable =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** Characters that turn the direction of what follows, with which a label could rewrite its neighbours. */
const bidirectional = /[\u202a-\u202e\u2066-\u2069]/g;

/**
 * Makes any text safe as content or quoted attribute of SVG and HTML. What cannot be shown becomes U+FFFD, so that
 * two labels that differ only there do not look the same as a shorter one.
 */
export function escapeText(text: string): string {
  return escapeMarkup(text.replace(unprintable, '\ufffd').replace(bidirectional, '\ufffd'));
}

/** At most `most` characters; a longer text is cut, and ends in an ellipsis. */
export function shorten(text: string, most: number): string {
  const characters = Array.from(text.slice(0, 2 * most + 2));
  return characters.length <= most ? text : `${characters.slice(0, most - 1).join('')}…`;
}
