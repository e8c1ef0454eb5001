import type { SoftwarePackage } from '../inventory.js';
import type { ReadPackages } from './dpkg-status.js';

/** Packages of apk's `installed` file: paragraphs of `K:value`, name `P`, version `V`, origin `o`, architecture `A`. */
export function readApkDatabase(text: string, ecosystem: string, place: string): ReadPackages {
  const packages: SoftwarePackage[] = [];
  const gaps: string[] = [];
  for (const paragraph of text.replaceAll('\r\n', '\n').split(/\n[ \t]*\n/)) {
    if (paragraph.trim() === '') continue;
    const field = (key: string) => new RegExp(`^${key}:(.*)$`, 'm').exec(paragraph)?.[1]?.trim() ?? '';
    const [name, version, origin, architecture] = [field('P'), field('V'), field('o'), field('A')];
    if (name === '' || version === '') {
      gaps.push(`${place} has a package without a name or a version (${name || version || 'neither'})`);
      continue;
    }
    packages.push({
      ecosystem,
      name,
      version,
      source: { name: origin === '' ? name : origin, version },
      ...(architecture === '' ? {} : { architecture }),
      place,
    });
  }
  return { packages, gaps };
}
