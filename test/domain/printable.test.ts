import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { printableLine, printableText } from '../../domain/printable.js';

const red = '\u001b[31mred\u001b[0m';
const title = '\u001b]0;owned\u0007';

describe('printableLine', () => {
  it('shows escape sequences instead of sending them', () => {
    expect(printableLine(red)).toBe('\\x1b[31mred\\x1b[0m');
    expect(printableLine(title)).toBe('\\x1b]0;owned\\x07');
  });

  it('shows line ends, the second half of control characters, and marks that turn text around', () => {
    expect(printableLine('a\nb\u009bc\u202ed')).toBe('a\\x0ab\\x9bc\\u202ed');
  });

  it('leaves every other text as it is', () => {
    expect(printableLine('Größe 7 \\ „ok“ 漢字 🙂')).toBe('Größe 7 \\ „ok“ 漢字 🙂');
  });

  it('never lets a control character through, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(printableLine(text)).not.toMatch(/[\p{Cc}\p{Bidi_Control}]/u);
        expect(printableText(text).replaceAll(/[\n\t]/g, '')).not.toMatch(/[\p{Cc}\p{Bidi_Control}]/u);
      }),
    );
  });
});

describe('printableText', () => {
  it('keeps line ends and tabs', () => {
    expect(printableText(`a\tb\n${red}`)).toBe('a\tb\n\\x1b[31mred\\x1b[0m');
  });

  it('makes a line of every step of a progress bar', () => {
    expect(printableText('10 %\r20 %\r\ndone\n')).toBe('10 %\n20 %\ndone\n');
  });
});
