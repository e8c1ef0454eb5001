import { literalFolder, type PathMatch, pathMatch } from './path-match.js';

/** The folders above a path from the root (empty) down, without the path itself. */
export function foldersAbove(path: string): readonly string[] {
  const folders = [''];
  for (let slash = path.indexOf('/'); slash !== -1; slash = path.indexOf('/', slash + 1))
    folders.push(path.slice(0, slash));
  return folders;
}

/**
 * What stands behind the patterns that a path meets, in the order in which it was given. Patterns are found by their
 * folder, so that thousands of them cost a path little.
 */
export function patternIndex<T>(
  entries: Iterable<readonly [pattern: string, value: T]>,
): (path: string) => readonly T[] {
  const byFolder = new Map<string, Map<string, { match: PathMatch; values: [order: number, value: T][] }>>();
  let order = 0;
  for (const [pattern, value] of entries) {
    const folder = literalFolder(pattern);
    const patterns = byFolder.get(folder) ?? new Map();
    byFolder.set(folder, patterns);
    const known = patterns.get(pattern) ?? { match: pathMatch(pattern), values: [] };
    patterns.set(pattern, known);
    known.values.push([order, value]);
    order += 1;
  }
  return (path) => {
    const found: [number, T][] = [];
    const names = path.split('/');
    for (const folder of foldersAbove(path))
      for (const { match, values } of byFolder.get(folder)?.values() ?? [])
        if (match(path, names)) found.push(...values);
    return found.sort(([first], [second]) => first - second).map(([, value]) => value);
  };
}
