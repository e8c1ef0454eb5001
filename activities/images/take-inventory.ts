import { basename } from 'node:path/posix';
import type { Inventory, OperatingSystem, SoftwarePackage } from '../../domain/supply/inventory.js';
import { readApkDatabase } from '../../domain/supply/packages/apk-database.js';
import { type ReadPackages, readDpkgStatus } from '../../domain/supply/packages/dpkg-status.js';
import { readNpmLock, readNpmPackage } from '../../domain/supply/packages/npm-package.js';
import { ecosystemOf, readOsRelease } from '../../domain/supply/packages/os-release.js';
import { readPythonMetadata } from '../../domain/supply/packages/python-metadata.js';
import type { FileTree, TreeFile } from './file-tree.js';
import { fixedPackageFiles, type PackageFileKind, packageFile } from './package-files.js';

/** Everything that the files of an image say is installed, sorted; what cannot be read is a gap and not an absence. */
export function takeInventory(tree: FileTree): Inventory {
  const operatingSystem = systemOf(tree);
  const ecosystem = operatingSystem === null ? null : ecosystemOf(operatingSystem);
  const read: ReadPackages[] = [];
  const models: Inventory['models'][number][] = [];
  for (const file of tree.files()) {
    if (file.sha256 !== undefined) models.push({ place: file.path, sha256: file.sha256, bytes: file.bytes });
    const kind = packageFile(file.path);
    if (kind !== undefined && kind !== 'os-release') read.push(readFile(file, kind, ecosystem));
  }
  const packages = read.flatMap((one) => one.packages);
  const gaps = [
    ...read.flatMap((one) => one.gaps),
    ...hiddenDatabases(tree),
    ...linkedFolders(tree),
    ...strangeModels(tree),
  ];
  return { operatingSystem, packages: onlyOnce(packages), models, gaps };
}

function systemOf(tree: FileTree): OperatingSystem | null {
  for (const path of ['etc/os-release', 'usr/lib/os-release']) {
    const text = tree.get(path)?.text;
    if (text !== undefined) return readOsRelease(text);
  }
  return null;
}

function readFile(file: TreeFile, kind: PackageFileKind, ecosystem: string | null): ReadPackages {
  const { path, text } = file;
  if (file.kind === 'folder' || (file.kind === 'link' && kind !== 'dpkg' && kind !== 'apk'))
    return { packages: [], gaps: [] };
  if (text === undefined) return { packages: [], gaps: [gapOf(file)] };
  if (kind === 'npm') return readNpmPackage(text, path);
  if (kind === 'npm-lock') return readNpmLock(text, path);
  if (kind === 'python') return readPythonMetadata(text, path);
  if (ecosystem === null)
    return {
      packages: [],
      gaps: [`/${path} lists packages of a system that the image does not name, or that is not known`],
    };
  return kind === 'dpkg' ? readDpkgStatus(text, ecosystem, path) : readApkDatabase(text, ecosystem, path);
}

function gapOf({ path, kind, bytes }: TreeFile): string {
  return kind === 'file'
    ? `/${path} has ${bytes} bytes and was not read`
    : `/${path} is a ${kind}, which is not followed`;
}

/** A database behind a link would look like one that is not there. */
function hiddenDatabases(tree: FileTree): string[] {
  const gaps = new Map<string, string>();
  for (const path of fixedPackageFiles) {
    const link = tree.linkOn(path);
    if (link === undefined || gaps.has(link.path) || packageFile(link.path) !== undefined) continue;
    // `lib` is a link on systems of today; what it leads to is looked at under its own name.
    if (link.path === 'lib' && /^\/?usr\/lib\/?$/.test(link.target ?? '')) continue;
    gaps.set(link.path, `/${path} is behind the ${link.kind} /${link.path}, which is not followed`);
  }
  return [...gaps.values()];
}

/** Packages are known by the folder that they lie in, so one that is a link to a folder of another name hides them. */
function linkedFolders(tree: FileTree): string[] {
  return [...tree.files()].flatMap(({ path, kind, target }) => {
    const name = /(?:^|\/)(node_modules|site-packages|dist-packages)$/.exec(path)?.[1];
    if (name === undefined || kind !== 'link' || basename(target ?? '') === name) return [];
    return [`/${path} is a link to a folder of another name, which is not followed`];
  });
}

function strangeModels(tree: FileTree): string[] {
  return [...tree.files()]
    .filter(({ path, kind }) => /\.onnx$/i.test(path) && kind === 'hard-link')
    .map(gapOf);
}

/** The same version in the same place by two files (a folder and a lock) is one package. */
function onlyOnce(packages: readonly SoftwarePackage[]): SoftwarePackage[] {
  const byKey = new Map<string, SoftwarePackage>();
  for (const found of packages) {
    const key = [found.ecosystem, found.name, found.version, found.architecture ?? ''].join(' ');
    if (!byKey.has(key)) byKey.set(key, found);
  }
  return [...byKey].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, found]) => found);
}
