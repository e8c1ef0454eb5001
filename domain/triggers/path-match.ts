/** Whether a path of a repository meets a pattern. Who has its names already gives them too. */
export type PathMatch = (path: string, names?: readonly string[]) => boolean;

/**
 * A pattern, ready to be asked. It is held against the whole path: `*` stands for any part of a name, `**` as a name of
 * its own for any folders (also none), a slash at the end for all that lies below; nothing else is special. The time
 * is at most the product of both lengths, whatever stands in the pattern.
 */
export function pathMatch(pattern: string): PathMatch {
  const parts = partsOf(pattern);
  if (parts.every((part) => part.kind === 'literal')) return (path) => path === pattern;
  const last = parts.at(-1);
  return (path, names = path.split('/')) => {
    // Most paths differ in their last name already.
    if (last !== undefined && last.kind !== 'folders' && !isNamed(last, names.at(-1) ?? '')) return false;
    return meets(parts, names);
  };
}

/** Folder that all paths of a pattern lie in; empty for the root. */
export function literalFolder(pattern: string): string {
  const names = pattern.split('/').slice(0, -1);
  const wild = names.findIndex((name) => name.includes('*'));
  return names.slice(0, wild === -1 ? names.length : wild).join('/');
}

type Part =
  | { readonly kind: 'literal'; readonly name: string }
  /** A name that begins with the first piece, ends with the last, and has those between in order. */
  | {
      readonly kind: 'name';
      readonly first: string;
      readonly between: readonly string[];
      readonly last: string;
    }
  | { readonly kind: 'folders' };

function partsOf(pattern: string): readonly Part[] {
  const names = pattern.split('/');
  if (names.at(-1) === '') names[names.length - 1] = '**';
  // Below a folder stands at least one name.
  if (names.at(-1) === '**') names.push('*');
  return names.map(partOf);
}

function partOf(name: string): Part {
  if (name === '**') return { kind: 'folders' };
  const [first = '', ...others] = name.split('*');
  const last = others.pop();
  if (last === undefined) return { kind: 'literal', name };
  return { kind: 'name', first, between: others.filter((piece) => piece !== ''), last };
}

/** Only the last `**` is ever tried again: what the ones before it took was the shortest there is. */
function meets(parts: readonly Part[], names: readonly string[]): boolean {
  let part = 0;
  let name = 0;
  let afterFolders = -1;
  let resume = 0;
  while (name < names.length) {
    const wanted = parts[part];
    if (wanted?.kind === 'folders') {
      part += 1;
      afterFolders = part;
      resume = name;
    } else if (wanted !== undefined && isNamed(wanted, names[name] ?? '')) {
      part += 1;
      name += 1;
    } else if (afterFolders === -1) {
      return false;
    } else {
      part = afterFolders;
      resume += 1;
      name = resume;
    }
  }
  return parts.slice(part).every(({ kind }) => kind === 'folders');
}

function isNamed(part: Exclude<Part, { kind: 'folders' }>, name: string): boolean {
  if (part.kind === 'literal') return name === part.name;
  const { first, between, last } = part;
  const end = name.length - last.length;
  if (end < first.length || !name.startsWith(first) || !name.endsWith(last)) return false;
  let at = first.length;
  for (const piece of between) {
    const found = name.indexOf(piece, at);
    if (found === -1) return false;
    at = found + piece.length;
  }
  return at <= end;
}
