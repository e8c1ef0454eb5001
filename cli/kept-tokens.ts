import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { RatchetError } from '../domain/errors/ratchet-error.js';
import { namePattern } from '../domain/names.js';
import { writeAtomically } from '../machine/write-atomically.js';
import { stackPaths } from '../stack/stack-paths.js';

/** The account of the stack's own token. */
const stackAccount = 'admin';

/** Keeps the token of somebody who signed in, mode 0600; the path of its file. */
export function keepToken(stateDir: string, account: string, token: string): string {
  const { tokens } = stackPaths(stateDir);
  mkdirSync(tokens, { recursive: true, mode: 0o700 });
  const path = join(tokens, checked(account));
  writeAtomically(path, `${token}\n`, 0o600);
  return path;
}

/**
 * The token that a command uses: of `--as`, else RATCHET_TOKEN, else of RATCHET_AS, else the stack's own, else the one
 * that was kept where it is the only one. Error: `UNAUTHENTICATED`, saying where it was looked for.
 */
export function findToken(stateDir: string, as: string | undefined): string {
  const { RATCHET_TOKEN: given, RATCHET_AS: usually } = process.env;
  if (as !== undefined) return tokenOf(stateDir, as);
  if (given !== undefined && given !== '') return given;
  if (usually !== undefined && usually !== '') return tokenOf(stateDir, usually);
  const { tokenFile, tokens } = stackPaths(stateDir);
  const own = read(tokenFile) ?? onlyOne(tokens);
  if (own !== undefined) return own;
  throw new RatchetError(
    'UNAUTHENTICATED',
    `there is no token: ${tokenFile} cannot be read, and RATCHET_TOKEN is not set; ratchet sign-in gets one`,
    { path: tokenFile },
  );
}

function tokenOf(stateDir: string, account: string): string {
  const { tokenFile, tokens } = stackPaths(stateDir);
  const path = join(tokens, checked(account));
  const found = read(path) ?? (account === stackAccount ? read(tokenFile) : undefined);
  if (found !== undefined) return found;
  const known = listed(tokens).join(', ') || 'nobody';
  throw new RatchetError(
    'UNAUTHENTICATED',
    `there is no token of "${account}": ${path} cannot be read; signed in here: ${known}; ratchet sign-in --code gets one`,
    { path },
  );
}

function onlyOne(tokens: string): string | undefined {
  const [name, ...others] = listed(tokens);
  return name !== undefined && others.length === 0 ? read(join(tokens, name)) : undefined;
}

function listed(folder: string): readonly string[] {
  try {
    return readdirSync(folder).filter((name) => namePattern.test(name));
  } catch {
    // No folder: nobody signed in here.
    return [];
  }
}

/** A name of an account is no path to elsewhere. */
function checked(account: string): string {
  if (namePattern.test(account)) return account;
  throw new RatchetError(
    'NAME_INVALID',
    `"${account}" names no account: it has lower case letters, digits and single dashes`,
  );
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    // Whether it is missing or closed to us, there is no token; whoever asked says where it was looked for.
    return undefined;
  }
}
