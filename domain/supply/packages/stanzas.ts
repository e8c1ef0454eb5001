/** Paragraphs of `Key: value` lines, as dpkg and Python write them; lines that go on are joined. The first of a key counts. */
export function readStanzas(text: string): ReadonlyMap<string, string>[] {
  return text
    .replaceAll('\r\n', '\n')
    .split(/\n[ \t]*\n/)
    .map(readStanza)
    .filter(({ size }) => size > 0);
}

function readStanza(paragraph: string): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  let current = '';
  for (const line of paragraph.split('\n')) {
    if (/^[ \t]/.test(line)) {
      if (current !== '') fields.set(current, `${fields.get(current)}\n${line.trim()}`);
      continue;
    }
    const [, key = '', value = ''] = /^([A-Za-z][A-Za-z0-9-]*):(.*)$/.exec(line) ?? [];
    current = fields.has(key.toLowerCase()) ? '' : key.toLowerCase();
    if (current !== '') fields.set(current, value.trim());
  }
  return fields;
}
