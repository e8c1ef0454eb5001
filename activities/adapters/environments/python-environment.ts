import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { RatchetError } from '../../../domain/errors/ratchet-error.js';
import type { Environment } from '../../../domain/ports/environments.js';
import { type InstallOptions, install } from './installer.js';
import type { Interpreter } from './python-interpreter.js';
import { normalName } from './requirements.js';

/** How a program finds the packages of a virtual environment, and what it must be able to read. */
export function pythonEnvironment(digest: string, folder: string, python: Interpreter): Environment {
  return {
    digest,
    readOnly: outermost([folder, ...python.folders]),
    env: {
      PATH: `${join(folder, 'bin')}:/usr/local/bin:/usr/bin:/bin`,
      VIRTUAL_ENV: folder,
      PYTHONDONTWRITEBYTECODE: '1',
      PYTHONUNBUFFERED: '1',
      ORT_DISABLE_TELEMETRY: '1',
    },
  };
}

/**
 * Makes a virtual environment at its final place, as it cannot be moved. Wheels only: building a source package would
 * run its code outside of every isolation. A package that was installed without a pin is a failure, since another day
 * would install another version.
 */
export async function buildPython(
  folder: string,
  python: Interpreter,
  { requirements, pins }: { readonly requirements: string; readonly pins: ReadonlySet<string> },
  options: InstallOptions,
): Promise<void> {
  const cwd = '/';
  const venv = {
    doing: 'make a virtual environment',
    command: python.path,
    args: ['-I', '-m', 'venv', folder],
    cwd,
  };
  await install(venv, options);
  if (pins.size === 0) return;
  const interpreter = join(folder, 'bin/python');
  const own = await installedPackages(interpreter, options);
  const file = join(folder, 'requirements.txt');
  await writeFile(file, requirements);
  await install(
    { doing: 'install the requirements', command: interpreter, args: [...pipInstall, file], cwd },
    options,
  );
  const before = new Set(own.map(({ name }) => name));
  const added = (await installedPackages(interpreter, options)).filter(({ name }) => !before.has(name));
  const floating = added
    .filter(({ name }) => !pins.has(name))
    .map(({ name, version }) => `${name}==${version}`);
  if (floating.length === 0) return;
  const text = `the requirements leave open which version of a package that others need is installed; add ${floating.join(', ')}`;
  throw new RatchetError('ENVIRONMENT_FAILED', text, { add: floating });
}

// Bytecode is written now: the folder is read-only when the packages are imported.
const pipInstall = [
  '-I',
  '-m',
  'pip',
  'install',
  '--no-input',
  '--disable-pip-version-check',
  '--require-virtualenv',
  '--no-color',
  '--progress-bar=off',
  '--only-binary=:all:',
  '--compile',
  '-r',
];

const packagesShape = z.array(z.object({ name: z.string(), version: z.string() }));
const listScript =
  'import importlib.metadata as m, json; print(json.dumps([{"name": d.metadata["Name"], "version": d.version} for d in m.distributions()]))';

async function installedPackages(
  interpreter: string,
  options: InstallOptions,
): Promise<z.infer<typeof packagesShape>> {
  const { onLine: _, ...quiet } = options;
  const step = { doing: 'list the packages', command: interpreter, args: ['-I', '-c', listScript], cwd: '/' };
  const listed = packagesShape.parse(JSON.parse(await install(step, quiet)));
  return listed.map(({ name, version }) => ({ name: normalName(name), version }));
}

/** Folders that do not lie in another of the list. */
function outermost(folders: readonly string[]): readonly string[] {
  const sorted = [...new Set(folders)].sort();
  return sorted.filter(
    (folder) => !sorted.some((other) => other !== folder && folder.startsWith(`${other}/`)),
  );
}
