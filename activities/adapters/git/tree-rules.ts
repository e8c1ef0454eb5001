import { RatchetError } from '../../../domain/errors/ratchet-error.js';

/**
 * Refuses paths that could leave the folder or mean another file on some disk: `..`, `.git` in any spelling, names
 * that differ only in case or form, names that are not printable text. One set per tree.
 */
export class TreeRules {
  /** Folded path to how it was spelled first, and as what. */
  readonly #seen = new Map<string, { readonly path: string; readonly folder: boolean }>();

  add(path: string): void {
    const segments = path.split('/');
    for (const segment of segments) {
      const reason = oddName(segment);
      if (reason !== undefined) throw refused(path, reason);
    }
    if (Buffer.byteLength(path) > 2048) throw refused(path, 'is longer than 2048 bytes');
    segments.forEach((_, index) => {
      const folder = index < segments.length - 1;
      const part = segments.slice(0, index + 1).join('/');
      const before = this.#seen.get(fold(part));
      if (before === undefined) this.#seen.set(fold(part), { path: part, folder });
      else if (!(before.folder && folder && before.path === part)) {
        throw refused(path, `is the same as ${JSON.stringify(before.path)} on some disks`);
      }
    });
  }
}

const fold = (path: string) => path.normalize('NFKC').toLowerCase();

function oddName(name: string): string | undefined {
  if (name === '' || name === '.' || name === '..') return `has the part "${name}"`;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
  if (/[\u0000-\u001f\u007f-\u009f\\\ufffd]/.test(name))
    return 'has a backslash or characters that are not text';
  if (Buffer.byteLength(name) > 255) return 'has a part of more than 255 bytes';
  // Disks that ignore invisible characters, trailing dots or streams would take these for git's own folder.
  const plain = fold(name.replace(/\p{Default_Ignorable_Code_Point}/gu, '')).replace(/(:.*|[. ]+)$/, '');
  if (plain === '.git' || plain === 'git~1') return "has a part that is git's own folder";
  return undefined;
}

function refused(path: string, reason: string): RatchetError {
  return new RatchetError('GIT_REFUSED', `the path ${JSON.stringify(path.slice(0, 200))} ${reason}`);
}
