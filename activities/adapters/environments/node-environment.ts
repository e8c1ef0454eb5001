import { realpathSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { RatchetError } from '../../../domain/errors/ratchet-error.js';
import type { Environment } from '../../../domain/ports/environments.js';
import { type InstallOptions, install } from './installer.js';

/** Packages are found by a link in the working copy, as imports of modules look nowhere else. */
export function nodeEnvironment(digest: string, folder: string): Environment {
  const modules = join(folder, 'node_modules');
  const node = dirname(realpathSync(process.execPath));
  return {
    digest,
    readOnly: [folder, node],
    env: {
      PATH: `${node}:/usr/local/bin:/usr/bin:/bin`,
      RATCHET_NODE_MODULES: modules,
      ORT_DISABLE_TELEMETRY: '1',
    },
    links: [{ from: 'node_modules', to: modules }],
  };
}

/** Installs what the lock file says, and runs no script of any package. */
export async function buildNode(
  folder: string,
  files: { readonly manifest: string; readonly lock: string; readonly production?: true },
  options: InstallOptions,
): Promise<void> {
  checkLock(files.lock);
  await mkdir(join(folder, 'node_modules'), { recursive: true });
  await writeFile(join(folder, 'package.json'), files.manifest);
  await writeFile(join(folder, 'package-lock.json'), files.lock);
  const args = [
    'ci',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--no-progress',
    '--no-update-notifier',
    '--loglevel=error',
    ...(files.production === undefined ? [] : ['--omit=dev']),
  ];
  await install(
    { doing: 'install the packages of the lock file', command: 'npm', args, cwd: folder },
    options,
  );
  await mkdir(join(folder, 'node_modules'), { recursive: true });
}

const lockShape = z.object({
  lockfileVersion: z.number().min(2),
  packages: z.record(
    z.string(),
    z.looseObject({
      resolved: z.string().optional(),
      integrity: z.string().optional(),
      link: z.boolean().optional(),
      inBundle: z.boolean().optional(),
    }),
  ),
});

/** Every package comes from a registry, over https, with its digest. Error: `ENVIRONMENT_FAILED`. */
function checkLock(text: string): void {
  const failed = (why: string) => new RatchetError('ENVIRONMENT_FAILED', `package-lock.json ${why}`);
  let lock: z.infer<typeof lockShape>;
  try {
    lock = lockShape.parse(JSON.parse(text));
  } catch (cause) {
    throw new RatchetError(
      'ENVIRONMENT_FAILED',
      'package-lock.json is not a lock file of npm 7 or newer',
      {},
      { cause },
    );
  }
  for (const [path, entry] of Object.entries(lock.packages)) {
    if (path === '' || entry.inBundle === true) continue;
    const safe = path.startsWith('node_modules/') && !path.split('/').includes('..');
    if (!safe || entry.link === true)
      throw failed(`has ${JSON.stringify(path)}, which is not a package of a registry`);
    // Without an address the package comes from the registry that the machine has.
    const foreign = entry.resolved !== undefined && !entry.resolved.startsWith('https://');
    if (foreign) throw failed(`has ${JSON.stringify(path)} from an address that is not https`);
    if (entry.integrity === undefined) throw failed(`has ${JSON.stringify(path)} without a digest`);
  }
}
