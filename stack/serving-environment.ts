import { RatchetError } from '../domain/errors/ratchet-error.js';
import { blobSettings } from './embedded-parts.js';
import { databaseUrls } from './parts/postgres-roles.js';
import { quiet } from './process-environment.js';
import { readStackFile, type StackFile } from './stack-file.js';
import { type StackPaths, stackPaths } from './stack-paths.js';
import { ensureSecrets } from './stack-secrets.js';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Settings by which a server of registry models finds the stores of a state folder's stack, whether or not it runs: a
 * server that has what it needs on this machine goes on without it. What the environment names is left as it is. Errors: `PART_UNAVAILABLE` where no stack has run
 * there, `SETTING_INVALID` where somebody else's store is not named to this command too.
 */
export function servingEnvironment(stateDir: string, env: Environment): Readonly<Record<string, string>> {
  const paths = stackPaths(stateDir);
  const file = readStackFile(paths.stackFile);
  return { ...quiet, ...databaseSetting(paths, file, env), ...blobsSettings(paths, file, env) };
}

function databaseSetting(paths: StackPaths, file: StackFile | undefined, env: Environment) {
  if (isSet(env['DATABASE_SERVING_URL'])) return {};
  const known = requireStack(paths, file);
  if (known.parts['postgres']?.state === 'given') throw notNamed('DATABASE_SERVING_URL');
  return {
    DATABASE_SERVING_URL: databaseUrls(portOf(known, 'postgres'), ensureSecrets(paths.secretsFile)).serving,
  };
}

function blobsSettings(paths: StackPaths, file: StackFile | undefined, env: Environment) {
  if (isSet(env['RATCHET_S3_ENDPOINT'])) return {};
  const known = requireStack(paths, file);
  if (known.parts['s3']?.state === 'given') throw notNamed('RATCHET_S3_ENDPOINT');
  return blobSettings({ port: (name) => portOf(known, name), secrets: ensureSecrets(paths.secretsFile) });
}

const isSet = (value: string | undefined) => value !== undefined && value !== '';

function requireStack({ state }: StackPaths, file: StackFile | undefined): StackFile {
  if (file !== undefined) return file;
  throw new RatchetError('PART_UNAVAILABLE', `no stack has run in ${state}; start it with ratchet up`);
}

function portOf({ ports }: StackFile, name: string): number {
  const port = ports[name];
  if (port !== undefined) return port;
  throw new RatchetError(
    'PART_UNAVAILABLE',
    `the stack has no port for ${name} yet; start it with ratchet up`,
  );
}

function notNamed(variable: string): RatchetError {
  return new RatchetError(
    'SETTING_INVALID',
    `${variable} is not set, and the stack does not run that store itself`,
    { variable },
  );
}
