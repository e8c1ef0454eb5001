/**
 * Reads markup as strictly as an XML parser would and gives its texts and element names.
 *
 * @throws Error where an element is not closed, an attribute not quoted or an ampersand not an entity
 */
export function readMarkup(markup: string): { readonly elements: string[]; readonly texts: string[] } {
  const elements: string[] = [];
  const texts: string[] = [];
  const open: string[] = [];
  const token = /<(\/?)([a-z][a-z0-9]*)((?: [a-zA-Z][a-zA-Z0-9-]*="[^"<]*")*)(\/?)>|([^<]+)/gy;
  while (token.lastIndex < markup.length) {
    const at = token.lastIndex;
    const found = token.exec(markup);
    if (!found) throw new Error(`not well formed at ${at}: ${markup.slice(at, at + 60)}`);
    const [, closing, name = '', attributes = '', empty, text] = found;
    checkEntities(attributes + (text ?? ''));
    if (text !== undefined) texts.push(plainText(text));
    else if (closing) {
      if (open.pop() !== name) throw new Error(`</${name}> at ${at} closes nothing`);
    } else {
      elements.push(name);
      if (!empty) open.push(name);
    }
  }
  if (open.length > 0) throw new Error(`not closed: ${open.join(', ')}`);
  return { elements, texts };
}

function checkEntities(text: string): void {
  const wrong = /&(?!(?:amp|lt|gt|quot|#39);)/.exec(text);
  if (wrong) throw new Error(`ampersand without entity: ${text.slice(wrong.index, wrong.index + 20)}`);
}

function plainText(text: string): string {
  const plain: Record<string, string> = {
    '&lt;': '<',
    '&gt;': '>',
    '&quot;': '"',
    '&#39;': "'",
    '&amp;': '&',
  };
  return text.replace(/&(?:amp|lt|gt|quot|#39);/g, (entity) => plain[entity] ?? entity);
}
