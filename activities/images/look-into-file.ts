import { createHash } from 'node:crypto';
import { secretsInFile } from '../../domain/supply/checks/secret-rules.js';
import type { ScanFinding } from '../../domain/supply/scan-finding.js';
import { packageFile } from './package-files.js';
import type { TarEntry } from './read-tar.js';

/** What is kept of a file, and the secrets in it. */
export interface LookedInto {
  readonly text?: string;
  readonly sha256?: string;
  readonly secrets: readonly ScanFinding[];
}

/** Longest package database that is read, and longest file that is searched for secrets. */
const mostPackageBytes = 64 * 1024 * 1024;
const mostSearchedBytes = 1024 * 1024;
/** A file with a null character this early is no text. */
const textHeadBytes = 8192;

/** Looks into a file of a layer, whether a later layer deletes it or not. */
export async function lookIntoFile(entry: TarEntry, layer: number): Promise<LookedInto> {
  if (entry.kind !== 'file') return { secrets: [] };
  if (/\.onnx$/i.test(entry.path)) return { sha256: await sha256Of(entry), secrets: [] };
  const isPackageFile = packageFile(entry.path) !== undefined && entry.bytes <= mostPackageBytes;
  const isSearched = entry.bytes <= mostSearchedBytes;
  if (!isPackageFile && !isSearched) return { secrets: [] };
  const pieces: Buffer[] = [];
  for await (const piece of entry.content()) pieces.push(Buffer.from(piece));
  const content = Buffer.concat(pieces);
  const secrets = isSearched ? secretsOf(entry.path, content, layer) : [];
  return isPackageFile ? { text: content.toString('utf8'), secrets } : { secrets };
}

function secretsOf(path: string, content: Buffer, layer: number): ScanFinding[] {
  if (content.subarray(0, textHeadBytes).includes(0)) return [];
  return secretsInFile(path, content.toString('latin1')).map(({ id, severity, about }) => ({
    kind: 'secret',
    id,
    aliases: [],
    severity,
    scanner: 'ratchet',
    package: null,
    fix: 'unknown',
    place: path,
    text: `/${path} in layer ${layer + 1} holds ${about}`,
  }));
}

async function sha256Of(entry: TarEntry): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of entry.content()) hash.update(piece);
  return hash.digest('hex');
}
