import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ArchiveFile } from '../../../domain/archive/archive-file.js';
import { writeTar } from '../../../domain/archive/write-tar.js';
import { canonicalText } from '../../../domain/canonical-text.js';
import { parseApplicationDescription } from '../../../domain/config/application.js';
import {
  type ApplicationDescription,
  descriptionFile,
  entryFile,
} from '../../../domain/contract/application-description.js';
import { RatchetError } from '../../../domain/errors/ratchet-error.js';
import type { ApplicationDeps, ApplicationWork } from './application-work.js';
import { askInSandbox } from './ask-in-sandbox.js';
import { compileSources } from './compile-sources.js';
import { readPackage } from './package-file.js';
import { productionPackages } from './production-packages.js';
import { readSourceFiles } from './source-files.js';
import { writeFiles } from './write-files.js';

/** A serving application, ready to be unpacked and loaded. */
export interface ApplicationBundle {
  /** A tar archive; equal sources and packages give equal bytes. */
  readonly bundlePath: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly description: ApplicationDescription;
}

/**
 * Builds the application in `source`, a folder as it stands in Git, into `work.folder`: TypeScript to JavaScript, the
 * packages that it runs with, its description as it says it in a sandbox. No code of it runs outside of one.
 * Errors: `APPLICATION_INVALID`, `APPLICATION_FAILED`, `ENVIRONMENT_FAILED`.
 */
export async function buildApplication(
  deps: ApplicationDeps,
  source: string,
  work: ApplicationWork,
): Promise<ApplicationBundle> {
  const sources = await readSourceFiles(source);
  const needed = readPackage(sources);
  const own = (await compileSources(sources)).filter(({ name }) => !isForTests(name));
  requireEntry(own);
  const files = [...own, ...(await productionPackages(deps, needed, work.signal))];
  const built = join(work.folder, 'built');
  await writeFiles(built, files);
  const told = await askInSandbox(deps, work, built, { ask: 'describe' });
  const description = parseApplicationDescription(told.kind === 'described' ? told.description : null);
  const facts = { name: descriptionFile, content: Buffer.from(canonicalText(description)) };
  // From what was read and compiled, not from the folder that the application was asked in.
  const bundle = writeTar([...files, facts]);
  const bundlePath = join(work.folder, 'application.tar');
  await writeFile(bundlePath, bundle);
  const sha256 = createHash('sha256').update(bundle).digest('hex');
  return { bundlePath, sha256, bytes: bundle.length, description };
}

function requireEntry(files: readonly ArchiveFile[]): void {
  const taken = files.find(({ name }) => name === descriptionFile);
  if (taken !== undefined)
    throw new RatchetError(
      'APPLICATION_INVALID',
      `${descriptionFile} is written by the build, and must not be there`,
    );
  if (files.some(({ name }) => name === entryFile)) return;
  const asked = entryFile.replace(/\.js$/, '.ts');
  throw new RatchetError('APPLICATION_INVALID', `the application has no ${asked}`);
}

const isForTests = (name: string) => /\.test\.[cm]?js$/.test(name) || name.startsWith('test/');
