import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseApplicationDescription } from '../../domain/config/application.js';
import {
  type ApplicationDescription,
  descriptionFile,
} from '../../domain/contract/application-description.js';
import { messageOf, RatchetError } from '../../domain/errors/ratchet-error.js';

/** What the build of an application wrote down of it. Error: `APPLICATION_INVALID`. */
export async function readDescription(folder: string): Promise<ApplicationDescription> {
  try {
    return parseApplicationDescription(JSON.parse(await readFile(join(folder, descriptionFile), 'utf8')));
  } catch (cause) {
    if (cause instanceof RatchetError) throw cause;
    const text = `${folder} holds no built application: ${messageOf(cause)}`;
    throw new RatchetError('APPLICATION_INVALID', text, {}, { cause });
  }
}
