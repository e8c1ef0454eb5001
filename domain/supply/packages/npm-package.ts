import type { SoftwarePackage } from '../inventory.js';
import type { ReadPackages } from './dpkg-status.js';

/** The package of a `package.json` in a `node_modules` folder. One without a version was not installed by npm, and is none. */
export function readNpmPackage(text: string, place: string): ReadPackages {
  const read = readObject(text);
  if (read === undefined) return { packages: [], gaps: [`${place} is no JSON object`] };
  const { name, version } = read;
  if (version === undefined) return { packages: [], gaps: [] };
  if (typeof name !== 'string' || typeof version !== 'string')
    return { packages: [], gaps: [`${place} names no package, or no version of it`] };
  return { packages: [{ ecosystem: 'npm', name, version, place }], gaps: [] };
}

/** What a package-lock.json says is installed for production: what is bundled has no folder of its own. */
export function readNpmLock(text: string, place: string): ReadPackages {
  const packages = readObject(text)?.['packages'];
  if (!isObject(packages))
    return { packages: [], gaps: [`${place} has no packages: lock files of npm 7 and later have`] };
  return { packages: Object.entries(packages).flatMap((entry) => lockedPackage(entry, place)), gaps: [] };
}

function lockedPackage([path, entry]: readonly [string, unknown], place: string): SoftwarePackage[] {
  const folder = /(?:^|\/)node_modules\/((?:@[^/]+\/)?[^/]+)$/.exec(path)?.[1];
  if (folder === undefined || !isObject(entry)) return [];
  const { version, name, dev, optional, devOptional } = entry;
  if (dev === true || optional === true || devOptional === true || typeof version !== 'string') return [];
  return [{ ecosystem: 'npm', name: typeof name === 'string' ? name : folder, version, place }];
}

function readObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text.replace(/^\uFEFF/, ''));
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
