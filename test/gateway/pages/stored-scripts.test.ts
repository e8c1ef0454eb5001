import { describe, expect, it } from 'vitest';
import { chartPage, corpus, examplePage, reportPage } from './hostile-pages.js';

/** Names of elements and of their attributes, whatever stands in them. */
function skeleton(html: string): string[] {
  const tags = html.match(/<[^>]*>/g) ?? [];
  return [...new Set(tags.map((tag) => tag.replaceAll(/="[^"]*"/g, '=""')))].sort();
}

describe.each([
  ['the report of a watch', reportPage],
  ['a chart with its table', chartPage],
  ['the page of a server of models', (text: string) => examplePage(text).html],
])('%s', (_, page) => {
  it.each(corpus)('has %j as text: no element and no attribute more than with harmless words', (text) => {
    const html = page(text);
    expect(skeleton(html)).toEqual(skeleton(page('harmless words')));
    expect(html).not.toMatch(/<(script|iframe|img)|href="javascript:/i);
  });
});
