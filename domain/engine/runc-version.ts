/**
 * The least version of each line of runc in which the ways out of a container that became known until November 2025 are
 * closed: CVE-2025-31133, CVE-2025-52565 and CVE-2025-52881. Older lines got nothing.
 */
const least: Readonly<Record<string, number>> = { '1.2': 8, '1.3': 3 };
const firstWhole = [1, 4] as const;
const mended = '1.2.8, 1.3.3, or 1.4 and newer';

/** What is wrong with a version of runc, in words; null where nothing is known. */
export function runcFault(version: string): string | null {
  const found = /^v?(\d+)\.(\d+)\.(\d+)/.exec(version.trim());
  if (found === null) return `no version of runc is "${version.slice(0, 40)}"; allowed are ${mended}`;
  const [major = 0, minor = 0, patch = 0] = found.slice(1).map(Number);
  if (major > firstWhole[0] || (major === firstWhole[0] && minor >= firstWhole[1])) return null;
  if (patch >= (least[`${major}.${minor}`] ?? Number.POSITIVE_INFINITY)) return null;
  return `runc ${version} has known ways out of a container, unless whoever packed it has mended them; allowed are ${mended}`;
}
