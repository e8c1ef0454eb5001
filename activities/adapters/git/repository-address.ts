import { isAbsolute, normalize } from 'node:path';
import { RatchetError } from '../../../domain/errors/ratchet-error.js';
import type { GitLimits } from './git-limits.js';

/** A repository address that was taken apart and may be given to git. */
export interface RepositoryAddress {
  /** What git calls the transport. */
  readonly protocol: 'https' | 'ssh' | 'file';
  /** Put together from the checked parts; never begins with a dash and never holds a secret. */
  readonly url: string;
}

const hostPattern = /^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$/;
const userPattern = /^[a-z_][a-z0-9_.-]{0,63}$/i;
const pathPattern = /^\/?[A-Za-z0-9~_.][A-Za-z0-9~_.@+/-]{0,1023}$/;
/** `git@host:path`, the short form of ssh. */
const shortSsh = /^(?<user>[^@:/\s]+)@(?<host>[^@:/\s]+):(?<path>.+)$/;

/**
 * Takes `https://host/path`, `ssh://user@host/path`, `user@host:path` or, where it is allowed, an absolute path.
 * Everything else is `GIT_REFUSED`; the address itself is not repeated in full, as it may hold a password.
 */
export function parseRepositoryAddress(text: string, limits: GitLimits): RepositoryAddress {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
  if (/[\u0000-\u001f\u007f]/.test(text)) throw refused('has control characters');
  if (isAbsolute(text)) return localAddress(text, limits);
  const short = shortSsh.exec(text)?.groups;
  if (short !== undefined && !text.includes('://')) {
    const { user = '', host = '', path = '' } = short;
    return remoteAddress(
      { protocol: 'ssh', user, host, port: '', path: `/${path.replace(/^\//, '')}` },
      limits,
    );
  }
  if (!URL.canParse(text)) throw refused('is not an address');
  const url = new URL(text);
  const protocol = url.protocol.slice(0, -1);
  if (protocol !== 'https' && protocol !== 'ssh') throw refused(`has the scheme "${protocol}"`);
  if (url.password !== '') throw refused('holds a password; put credentials where git over ssh finds them');
  if (url.search !== '' || url.hash !== '') throw refused('has a query or a fragment');
  if (protocol === 'https' && url.username !== '') throw refused('holds a user name');
  const { username: user, hostname: host, port, pathname: path } = url;
  return remoteAddress({ protocol, user, host, port, path }, limits);
}

interface RemoteParts {
  readonly protocol: 'https' | 'ssh';
  readonly user: string;
  readonly host: string;
  readonly port: string;
  readonly path: string;
}

function remoteAddress(parts: RemoteParts, limits: GitLimits): RepositoryAddress {
  const { protocol, user, port, path } = parts;
  const host = parts.host.toLowerCase();
  if (!hostPattern.test(host)) throw refused('has no host name that is allowed');
  if (!limits.allowedHosts.includes(host)) {
    throw refused(`is on the host ${host}; allowed are ${limits.allowedHosts.join(', ') || 'none'}`);
  }
  if (user !== '' && !userPattern.test(user)) throw refused('has a user name that is not allowed');
  if (!pathPattern.test(path) || path.split('/').includes('..'))
    throw refused('has a path that is not allowed');
  const at = user === '' ? '' : `${user}@`;
  return { protocol, url: `${protocol}://${at}${host}${port === '' ? '' : `:${port}`}${path}` };
}

function localAddress(path: string, limits: GitLimits): RepositoryAddress {
  if (!limits.allowLocal) throw refused('is a path on this machine, which the settings do not allow');
  return { protocol: 'file', url: normalize(path) };
}

function refused(why: string): RatchetError {
  const allowed =
    'https://host/path, ssh://user@host/path, user@host:path, or an absolute path where allowed';
  return new RatchetError('GIT_REFUSED', `the repository address ${why}; an address is ${allowed}`);
}
