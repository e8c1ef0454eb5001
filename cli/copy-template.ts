import { existsSync } from 'node:fs';
import { cp, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { RatchetError } from '../domain/errors/ratchet-error.js';
import { namePattern } from '../domain/names.js';
import { packageRoot } from '../stack/package-root.js';

interface Template {
  /** Such as `a model`. */
  readonly what: string;
  /** Folder below `examples/`. */
  readonly from: string;
  /** What it calls itself, in the files at its top that are for people or hold its name. */
  readonly named: string;
  /** Names that working with it leaves there. */
  readonly leftOut: readonly string[];
}

/**
 * Writes a template under another name into `<parent>/<name>` and gives that path.
 * Errors: `NAME_INVALID`, `CONFLICT` where something is there already.
 */
export async function copyTemplate(
  { what, from, named, leftOut }: Template,
  name: string,
  parent: string,
): Promise<string> {
  if (!namePattern.test(name)) {
    const came = JSON.stringify(name.slice(0, 80));
    const allowed =
      'a name has lower case letters, digits and single dashes inside, begins with a letter, and has at most 63 characters';
    throw new RatchetError('NAME_INVALID', `${came} is no name for ${what}; ${allowed}`, { name });
  }
  const folder = resolve(parent, name);
  if (existsSync(folder)) {
    const text = `${folder} is there already; choose another name or another folder`;
    throw new RatchetError('CONFLICT', text, { folder });
  }
  await cp(join(packageRoot(), 'examples', from), folder, {
    recursive: true,
    errorOnExist: true,
    force: false,
    filter: (path) => !leftOut.includes(basename(path)),
  });
  // Package registries leave out files of that name.
  await rename(join(folder, 'gitignore'), join(folder, '.gitignore'));
  for (const file of await readdir(folder)) {
    if (!/\.(md|yaml)$|^package\.json$/.test(file)) continue;
    const text = await readFile(join(folder, file), 'utf8');
    await writeFile(
      join(folder, file),
      text.replaceAll(named, () => name),
    );
  }
  return folder;
}
