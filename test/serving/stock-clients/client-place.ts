import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { installerEnvironment } from '../../../activities/adapters/environments/installer.js';
import { messageOf } from '../../../domain/errors/ratchet-error.js';
import { packageRoot } from '../../../stack/package-root.js';
import { type ProgramPlace, pythonPlace } from '../../examples/program-environment.js';

type Place = ProgramPlace | { readonly missing: string };

/** Where programs of Triton's clients run, or why they cannot be had on this machine. In CI that is a failure. */
export function clientPlace(): Promise<Place> {
  return orMissing(() => pythonPlace(import.meta.dirname));
}

/** The same for KServe's client. */
export function kservePlace(): Promise<Place> {
  return orMissing(withKserve);
}

async function orMissing(prepare: () => Promise<ProgramPlace>): Promise<Place> {
  try {
    return await prepare();
  } catch (error) {
    if (process.env['CI'] === 'true') throw error;
    return { missing: messageOf(error) };
  }
}

/**
 * KServe's package asks for all that its server needs, 450 MB of it. Beside the packages of Triton's clients its client
 * needs those of the list alone, 115 MB, which lie in a folder of their own.
 */
async function withKserve(): Promise<ProgramPlace> {
  const place = await pythonPlace(import.meta.dirname);
  const list = join(import.meta.dirname, 'kserve.txt');
  const key = createHash('sha256')
    .update(`${place.env['VIRTUAL_ENV']}\n${await readFile(list, 'utf8')}`)
    .digest('hex');
  const folder = join(packageRoot(), '.ratchet/stock-clients', key.slice(0, 16));
  if (!existsSync(folder)) await installKserve(place, list, folder);
  return { ...place, env: { ...place.env, PYTHONPATH: folder } };
}

async function installKserve(place: ProgramPlace, list: string, folder: string): Promise<void> {
  const part = `${folder}.${process.pid}.part`;
  await mkdir(part, { recursive: true });
  try {
    const pip = ['-m', 'pip', 'install', '--quiet', '--no-deps', '--no-compile', '--only-binary=:all:'];
    const env = { ...installerEnvironment(process.env), ...place.env };
    await promisify(execFile)('python', [...pip, '--target', part, '-r', list], { env });
    await rename(part, folder);
  } finally {
    await rm(part, { recursive: true, force: true });
  }
}
