/** Models of the largest project, and as many of their earlier texts. */
const mostTexts = 500;
const longestText = 64 * 1024;

/**
 * Parses a configuration file once: the same text under the same name says the same, at whichever commit. Refusals and
 * long texts are not remembered. What it gives is shared, so nobody may change it.
 */
export function parseOnce<T>(parse: (text: string, file: string) => T): (text: string, file: string) => T {
  const known = new Map<string, T>();
  return (text, file) => {
    const key = `${file}\0${text}`;
    const found = known.get(key);
    if (found !== undefined) return found;
    const parsed = parse(text, file);
    if (text.length > longestText) return parsed;
    const [oldest] = known.keys();
    if (known.size >= mostTexts && oldest !== undefined) known.delete(oldest);
    known.set(key, parsed);
    return parsed;
  };
}
