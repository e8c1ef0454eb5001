import type { SoftwarePackage } from '../inventory.js';
import { readStanzas } from './stanzas.js';

/** What was read of a package database, and what in it could not be. */
export interface ReadPackages {
  readonly packages: readonly SoftwarePackage[];
  readonly gaps: readonly string[];
}

/** Installed packages of a dpkg status file, or of one file of `status.d`, which has no status. */
export function readDpkgStatus(text: string, ecosystem: string, place: string): ReadPackages {
  const packages: SoftwarePackage[] = [];
  const gaps: string[] = [];
  for (const fields of readStanzas(text)) {
    const status = fields.get('status');
    if (status !== undefined && !/\binstalled$/.test(status.replace('not-installed', ''))) continue;
    const [name, version] = [fields.get('package') ?? '', fields.get('version') ?? ''];
    if (name === '' || version === '') {
      gaps.push(`${place} has a package without a name or a version (${name || version || 'neither'})`);
      continue;
    }
    const architecture = fields.get('architecture');
    packages.push({
      ecosystem,
      name,
      version,
      source: sourceOf(fields.get('source'), name, version),
      ...(architecture === undefined ? {} : { architecture }),
      place,
    });
  }
  return { packages, gaps };
}

/** `Source: openssl (3.0.1-1)`; without a version it has that of the package. */
function sourceOf(field: string | undefined, name: string, version: string) {
  const [, source = name, sourceVersion = version] =
    /^(\S+)(?:\s+\(([^)]+)\))?$/.exec(field?.trim() ?? '') ?? [];
  return { name: source, version: sourceVersion };
}
