import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { builtinModules } from 'node:module';
import { dirname, join, relative, sep } from 'node:path';
import { RatchetError } from '../../domain/errors/ratchet-error.js';

/** Compiled files of ours, and the packages that they import. */
export interface ReachableCode {
  /** Relative to the folder of compiled code, sorted. */
  readonly files: readonly string[];
  readonly packages: readonly string[];
}

/** All files of some rooms, and of the other rooms what those import, and so on. Source maps are left. */
export async function reachableCode(dist: string, rooms: readonly string[]): Promise<ReachableCode> {
  const files = new Set<string>();
  const packages = new Set<string>();
  const left: string[] = [];
  for (const room of rooms) left.push(...(await filesUnder(join(dist, room))));
  for (let file = left.pop(); file !== undefined; file = left.pop()) {
    if (files.has(file)) continue;
    files.add(file);
    if (!file.endsWith('.js')) continue;
    for (const specifier of importsOf(await readFile(file, 'utf8'))) {
      if (specifier.startsWith('.')) left.push(join(dirname(file), specifier));
      else if (!isBuiltIn(specifier)) packages.add(packageOf(specifier));
    }
  }
  return {
    files: [...files].map((file) => relative(dist, file)).toSorted(),
    packages: [...packages].toSorted(),
  };
}

async function filesUnder(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.map'))
    .map((entry) => join(entry.parentPath, entry.name));
}

/** As the compiler writes them: a statement at the beginning of a line, or a call. */
function importsOf(code: string): readonly string[] {
  const statements = code.matchAll(/^(?:import|(?:import|export)\b[^'"]*\bfrom) ['"]([^'"\n]+)['"]/gm);
  const calls = code.matchAll(/\bimport\(\s*['"]([^'"\n]+)['"]\s*\)/g);
  return [...statements, ...calls].map(([, specifier = '']) => specifier);
}

const isBuiltIn = (specifier: string) => specifier.startsWith('node:') || builtinModules.includes(specifier);

const packageOf = (specifier: string) =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');

/**
 * Folders of packages and of all that they depend on, relative to `root`, each found as Node finds it.
 * Error: `PART_MISSING` where one that is needed is not installed.
 */
export async function packageFolders(root: string, packages: readonly string[]): Promise<readonly string[]> {
  const found = new Set<string>();
  const left = packages.map((name) => ({ name, from: root, isNeeded: true }));
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    const folder = findPackage(root, next.from, next.name);
    if (folder === null) {
      if (!next.isNeeded) continue;
      throw new RatchetError('PART_MISSING', `the package ${next.name} is not installed; mend it: npm ci`);
    }
    if (found.has(folder)) continue;
    found.add(folder);
    const told = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as PackageFile;
    const optional = new Set(Object.keys(told.optionalDependencies ?? {}));
    const names = new Set([...Object.keys(told.dependencies ?? {}), ...optional]);
    for (const name of names) left.push({ name, from: folder, isNeeded: !optional.has(name) });
  }
  return [...found].map((folder) => relative(root, folder)).toSorted();
}

interface PackageFile {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

function findPackage(root: string, from: string, name: string): string | null {
  for (let at = from; at === root || at.startsWith(root + sep); at = dirname(at)) {
    const folder = join(at, 'node_modules', name);
    if (existsSync(join(folder, 'package.json'))) return folder;
  }
  return null;
}
