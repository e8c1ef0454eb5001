import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { messageOf, RatchetError } from '../../domain/errors/ratchet-error.js';
import type { SoftwarePackage } from '../../domain/supply/inventory.js';
import { indexPackages, matchEntry } from '../../domain/supply/osv/match-entry.js';
import type { DatabaseState } from '../../domain/supply/policy/scan-input.js';
import type { ScanFinding } from '../../domain/supply/scan-finding.js';
import { advisoryTexts, findEcosystem } from './osv-files.js';
import { osvEntryShape } from './osv-shape.js';

/** What a folder of advisories says about some packages. */
export interface DatabaseMatches {
  readonly database: DatabaseState;
  readonly findings: readonly ScanFinding[];
}

/** `metadata.json` of a folder of advisories: when it was fetched. */
const metadataShape = z.object({ updatedAt: z.iso.datetime({ offset: true }) });

/** Asks a folder of advisories about packages. A folder that cannot be used is a state, and no error: it has its own verdict. */
export async function matchDatabase(
  folder: string | null,
  packages: readonly SoftwarePackage[],
): Promise<DatabaseMatches> {
  if (folder === null) return { database: { kind: 'absent' }, findings: [] };
  try {
    if (!(await stat(folder)).isDirectory())
      throw new RatchetError('REPORT_INVALID', 'allowed is a folder with <ecosystem>/all.zip');
    return await matchFolder(folder, packages);
  } catch (error) {
    const reason = `the vulnerability database ${folder} cannot be used: ${messageOf(error)}`;
    return { database: { kind: 'broken', reason }, findings: [] };
  }
}

async function matchFolder(folder: string, packages: readonly SoftwarePackage[]): Promise<DatabaseMatches> {
  const ecosystems = [...new Set(packages.map(({ ecosystem }) => ecosystem))].sort();
  const found = await Promise.all(ecosystems.map((ecosystem) => findEcosystem(folder, ecosystem)));
  const missing = new Set(ecosystems.filter((_, at) => found[at] === undefined));
  const index = indexPackages(packages);
  const findings: ScanFinding[] = [];
  const unclear: string[] = [];
  const ages: string[] = [];
  let advisories = 0;
  for (const files of found.filter((one) => one !== undefined)) {
    let newest = '';
    for await (const [name, text] of advisoryTexts(files)) {
      const entry = parseAdvisory(name, text);
      const matches = matchEntry(entry, index);
      findings.push(...matches.findings);
      unclear.push(...matches.unclear);
      advisories += 1;
      newest = later(newest, entry.modified);
    }
    if (newest === '') missing.add(files.ecosystem);
    ages.push(newest);
  }
  const newestAt = (await fetchedAt(folder)) ?? ages.reduce<string | null>(earlier, null);
  return {
    database: { kind: 'read', newestAt, advisories, missing: [...missing], unclear: [...new Set(unclear)] },
    findings: onlyOnce(findings),
  };
}

/** A file says when all was fetched; else the ecosystem that has waited longest for news tells the age. */
async function fetchedAt(folder: string): Promise<string | null> {
  const text = await readFile(join(folder, 'metadata.json'), 'utf8').catch(() => undefined);
  return text === undefined ? null : metadataShape.parse(JSON.parse(text)).updatedAt;
}

function parseAdvisory(name: string, text: string) {
  try {
    return osvEntryShape.parse(JSON.parse(text));
  } catch {
    throw new RatchetError('REPORT_INVALID', `${name} is no advisory in the OSV format`);
  }
}

const later = (a: string, b: string) => (a === '' || Date.parse(b) > Date.parse(a) ? b : a);
const earlier = (a: string | null, b: string) =>
  b !== '' && (a === null || Date.parse(b) < Date.parse(a)) ? b : a;

/** Two releases of a system may come from one archive of their family. */
function onlyOnce(findings: readonly ScanFinding[]): ScanFinding[] {
  const byKey = new Map(
    findings.map((one) => [
      [one.id, one.package?.ecosystem, one.package?.name, one.package?.version].join(' '),
      one,
    ]),
  );
  return [...byKey].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, finding]) => finding);
}
