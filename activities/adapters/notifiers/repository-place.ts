import { RatchetError } from '../../../domain/errors/ratchet-error.js';

/** A repository as its Git host knows it. */
export interface RepositoryPlace {
  /** Host of the pages and interfaces, with a port where it has one. */
  readonly host: string;
  /** Groups and name, without `.git`. */
  readonly path: readonly string[];
}

/** `git@host:path`, the short form of ssh. */
const shortSsh = /^[^@:/\s]+@(?<host>[^@:/\s]+):(?<path>.+)$/;
const segment = /^[\w.~+-]+$/;

/**
 * Where a repository lies, from the address that Git reads it by. A port of ssh says nothing about the pages, and neither
 * does a name such as `ssh.github.com` that is only for ssh. Error: `NOTICE_REFUSED`.
 */
export function repositoryPlace(repo: string): RepositoryPlace {
  const { host = '', path = '' } = partsOf(repo);
  const segments = path
    .replace(/\.git\/?$/, '')
    .split('/')
    .filter((part) => part !== '');
  const isGood = segments.length >= 2 && segments.every((part) => segment.test(part) && !/^\.+$/.test(part));
  if (host !== '' && isGood) return { host, path: segments };
  throw new RatchetError(
    'NOTICE_REFUSED',
    'the repository of the project is at no Git host: a commit status needs https://host/owner/name or git@host:owner/name',
  );
}

function partsOf(repo: string): { readonly host?: string; readonly path?: string } {
  const url = URL.canParse(repo) ? new URL(repo) : undefined;
  if (url?.protocol === 'https:') return { host: url.host, path: url.pathname };
  if (url?.protocol === 'ssh:') return { host: pagesHost(url.hostname), path: url.pathname };
  const { host = '', path = '' } = shortSsh.exec(repo)?.groups ?? {};
  return { host: pagesHost(host), path };
}

const pagesHost = (sshHost: string) => sshHost.toLowerCase().replace(/^(?:alt)?ssh\./, '');
