/** What a terminal obeys instead of showing, and what turns the direction of text around. */
const orders = /[\p{Cc}\p{Bidi_Control}\u2028\u2029]/gu;

/** One line that no terminal obeys: control characters are shown as `\x1b`, `\u202e`. */
export function printableLine(text: string): string {
  return text.replace(orders, shown);
}

/** The same for text of several lines: line ends and tabs stay; a carriage return, as of a progress bar, ends a line. */
export function printableText(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(orders, (character) =>
      character === '\n' || character === '\t' ? character : shown(character),
    );
}

function shown(character: string): string {
  const code = character.charCodeAt(0);
  const [mark, digits] = code > 0xff ? ['u', 4] : ['x', 2];
  return `\\${mark}${code.toString(16).padStart(digits, '0')}`;
}
