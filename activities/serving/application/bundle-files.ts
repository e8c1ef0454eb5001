import { readFile } from 'node:fs/promises';
import type { ArchiveFile } from '../../../domain/archive/archive-file.js';
import { readTar } from '../../../domain/archive/read-tar.js';
import { parseApplicationDescription } from '../../../domain/config/application.js';
import {
  type ApplicationDescription,
  descriptionFile,
} from '../../../domain/contract/application-description.js';
import { RatchetError } from '../../../domain/errors/ratchet-error.js';

/** The files of a bundle. Error: `APPLICATION_INVALID`. */
export async function readBundle(bundlePath: string): Promise<readonly ArchiveFile[]> {
  return readTar(await readFile(bundlePath));
}

/** What the application of a bundle says of itself. Error: `APPLICATION_INVALID`. */
export function describedIn(files: readonly ArchiveFile[]): ApplicationDescription {
  const found = files.find(({ name }) => name === descriptionFile);
  if (found === undefined)
    throw new RatchetError('APPLICATION_INVALID', `the bundle has no ${descriptionFile}`);
  return parseApplicationDescription(JSON.parse(Buffer.from(found.content).toString('utf8')));
}
