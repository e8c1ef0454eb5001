import type { SoftwarePackage } from '../inventory.js';
import { pythonName } from '../packages/python-metadata.js';
import type { ScanFinding } from '../scan-finding.js';
import { familyOf, versionOrderOf } from '../versions/version-order.js';
import { isAffected } from './is-affected.js';
import type { OsvAffected, OsvEntry } from './osv-entry.js';
import { osvSeverity } from './osv-severity.js';

/** Packages by what advisories call them. */
export type PackageIndex = ReadonlyMap<string, readonly SoftwarePackage[]>;

export interface Matches {
  readonly findings: readonly ScanFinding[];
  /** Advisories about a package of the image of which nobody can say whether its version is meant. */
  readonly unclear: readonly string[];
}

/** An index of the packages, so that each advisory is looked up and not compared with all. */
export function indexPackages(packages: readonly SoftwarePackage[]): PackageIndex {
  const index = new Map<string, SoftwarePackage[]>();
  for (const found of packages) {
    const { ecosystem, name, source } = found;
    // An advisory that names no release is about every one.
    for (const group of new Set([ecosystem, familyOf(ecosystem)])) {
      const key = keyOf(group, source?.name ?? name);
      index.set(key, [...(index.get(key) ?? []), found]);
    }
  }
  return index;
}

/** What one advisory says about the packages of an image. One that was withdrawn says nothing. */
export function matchEntry(entry: OsvEntry, packages: PackageIndex): Matches {
  const findings = new Map<string, ScanFinding>();
  const unclear = new Set<string>();
  for (const affected of entry.withdrawn === undefined ? (entry.affected ?? []) : []) {
    for (const found of packagesOf(affected, packages)) {
      const answer = answerFor(found, affected);
      const key = `${found.ecosystem} ${found.name} ${found.version}`;
      if (answer.kind === 'unclear') unclear.add(`${entry.id} about ${found.name} ${found.version}`);
      if (answer.kind === 'affected') findings.set(key, findingOf(entry, affected, found, answer.fixedIn));
    }
  }
  return { findings: [...findings.values()], unclear: [...unclear] };
}

function packagesOf({ package: about }: OsvAffected, packages: PackageIndex): readonly SoftwarePackage[] {
  return about === undefined ? [] : (packages.get(keyOf(about.ecosystem, about.name)) ?? []);
}

function answerFor({ ecosystem, version, source }: SoftwarePackage, affected: OsvAffected) {
  const order = versionOrderOf(ecosystem);
  return order === undefined
    ? ({ kind: 'unclear' } as const)
    : isAffected(source?.version ?? version, affected, order);
}

function findingOf(
  entry: OsvEntry,
  affected: OsvAffected,
  { ecosystem, name, version, place }: SoftwarePackage,
  fixedIn: string | null,
): ScanFinding {
  return {
    kind: 'vulnerability',
    id: entry.id,
    aliases: entry.aliases ?? [],
    severity: osvSeverity(entry, affected),
    scanner: 'ratchet',
    package: { ecosystem, name, version },
    fix: fixedIn === null ? 'none' : { version: fixedIn },
    place,
    text: entry.summary?.slice(0, 300) ?? '',
  };
}

const keyOf = (ecosystem: string, name: string) =>
  `${ecosystem} ${ecosystem === 'PyPI' ? pythonName(name) : name}`;
