import { existsSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { RatchetError } from '../../../domain/errors/ratchet-error.js';
import type { LaunchResult } from '../../../domain/ports/launcher.js';
import { linkEnvironment } from '../../training/link-environment.js';
import { type ApplicationDeps, type ApplicationWork, testLimits } from './application-work.js';
import { compileSources } from './compile-sources.js';
import { readPackage } from './package-file.js';
import { readSourceFiles } from './source-files.js';
import { writeFiles } from './write-files.js';

const tailBytes = 2000;

/**
 * Runs `npm test` of the application in `source` in a sandbox without network, on its compiled files and with the packages
 * of its lock file. `logFile` holds all that was said, also where it fails.
 * Errors: `APPLICATION_INVALID`, `APPLICATION_FAILED` with the end of the log, `ENVIRONMENT_FAILED`.
 */
export async function testApplication(
  deps: ApplicationDeps,
  source: string,
  work: ApplicationWork & { readonly logFile: string },
): Promise<LaunchResult> {
  const sources = await readSourceFiles(source);
  const needed = readPackage(sources);
  const folder = join(work.folder, 'tested');
  await writeFiles(folder, await compileSources(sources));
  const environment = needed && (await deps.environments.prepare(needed, { signal: work.signal }));
  if (environment) await linkEnvironment(environment, folder);
  const node = dirname(process.execPath);
  const ended = await deps.launcher.launch(
    {
      ...work.launch,
      command: ['npm', 'test'],
      cwd: folder,
      env: {
        PATH: `${join(folder, 'node_modules/.bin')}:${node}:/usr/local/bin:/usr/bin:/bin`,
        LANG: 'C.UTF-8',
        NO_COLOR: '1',
        npm_config_update_notifier: 'false',
        npm_config_offline: 'true',
      },
      readOnly: [...new Set([node, ...npmFolders(node), ...(environment?.readOnly ?? [])])],
      writable: [folder],
      network: 'none',
      limits: testLimits,
      logFile: work.logFile,
    },
    work.signal,
  );
  work.signal.throwIfAborted();
  if (ended.limit === null && ended.exitCode === 0) return ended;
  throw new RatchetError('APPLICATION_FAILED', `${words(ended)}${await endOf(work.logFile)}`, {
    exitCode: ended.exitCode,
    signal: ended.signal,
    limit: ended.limit,
  });
}

/** Where Node was not installed by the system, npm lies beside it. */
function npmFolders(node: string): readonly string[] {
  const folder = join(dirname(node), 'lib/node_modules/npm');
  return existsSync(folder) ? [folder] : [];
}

function words({ limit, exitCode, signal }: LaunchResult): string {
  if (limit === 'wall')
    return `the tests of the application did not end within ${testLimits.wallMs / 60_000} minutes`;
  if (limit !== null) return `the tests of the application went over their limit of ${limit}`;
  return `the tests of the application ended with ${signal ?? `exit code ${exitCode}`}`;
}

async function endOf(logFile: string): Promise<string> {
  const file = await open(logFile, 'r');
  try {
    const { size } = await file.stat();
    const from = Math.max(0, size - tailBytes);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(tailBytes), 0, tailBytes, from);
    const end = buffer.subarray(0, bytesRead).toString('utf8').trim();
    return end === '' ? ', without a word' : `; the end of the log: ${end}`;
  } finally {
    await file.close();
  }
}
