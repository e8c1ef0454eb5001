import fc from 'fast-check';
import { expect, it } from 'vitest';
import { textElement } from '../../charts/element.js';
import { escapeText, shorten } from '../../charts/escape-text.js';
import { readMarkup } from './markup.js';

it('leaves nothing that could end a text or an attribute', () => {
  expect(escapeText(`</text><script>alert('x')</script>" onload="`)).toBe(
    '&lt;/text&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&quot; onload=&quot;',
  );
});

it('replaces what XML cannot hold and what turns the reading direction', () => {
  expect(escapeText('a\u0000b\u001bc\ud800d\u202ee\uffff')).toBe('a\ufffdb\ufffdc\ufffdd\ufffde\ufffd');
  expect(escapeText('tab\t, line\n and 🛫 stay')).toBe('tab\t, line\n and 🛫 stay');
});

it('keeps any text readable and the markup whole', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', minLength: 1 }), (text) => {
      const { texts, elements } = readMarkup(textElement('text', { class: text }, text));
      expect(elements).toEqual(['text']);
      expect(Array.from(texts.join('')).length).toBe(Array.from(text).length);
    }),
  );
});

it('shortens by characters and never cuts one in half', () => {
  expect(shorten('short', 5)).toBe('short');
  expect(shorten('🛫🛫🛫🛫', 3)).toBe('🛫🛫…');
  expect(shorten('x'.repeat(1e6), 4)).toBe('xxx…');
});
