import { isAbsolute, normalize } from 'node:path';

interface RemoteAddress {
  readonly scheme: string;
  readonly host: string;
  readonly port: string;
  readonly path: string;
}

const usualPorts: Readonly<Record<string, string>> = { https: '443', http: '80', ssh: '22', git: '9418' };
/** `git@host:path`, the short form of ssh. */
const shortSsh = /^(?:[^@:/\s]+@)?(?<host>[^@:/\s]+):(?<path>[^\s]+)$/;

/**
 * Whether one of the addresses that a webhook names is that of the project. Users and the end `.git` say nothing, nor
 * does the case of letters; ports count between addresses of one scheme.
 */
export function sameRepository(repo: string, addresses: readonly string[]): boolean {
  return addresses.some((address) => {
    const [ours, theirs] = [localPath(repo), localPath(address)];
    if (ours !== undefined || theirs !== undefined) return ours === theirs;
    return sameRemote(remoteAddress(repo), remoteAddress(address));
  });
}

function sameRemote(a: RemoteAddress | undefined, b: RemoteAddress | undefined): boolean {
  if (a === undefined || b === undefined) return false;
  if (a.host !== b.host || a.path !== b.path || a.path === '') return false;
  return a.scheme !== b.scheme || a.port === b.port;
}

/** A folder of this machine, written as a path or as `file://`. */
function localPath(address: string): string | undefined {
  const path = isAbsolute(address) ? address : fileUrlPath(address);
  return path === undefined ? undefined : normalize(path).replace(/(?<=.)\/+$/, '');
}

function fileUrlPath(address: string): string | undefined {
  if (!/^file:/i.test(address) || !URL.canParse(address)) return undefined;
  const { host, pathname } = new URL(address);
  return host === '' || host === 'localhost' ? unescaped(pathname) : undefined;
}

function remoteAddress(address: string): RemoteAddress | undefined {
  const short = address.includes('://') ? undefined : shortSsh.exec(address)?.groups;
  if (short !== undefined) return remoteOf('ssh', short['host'] ?? '', '', short['path'] ?? '');
  if (!URL.canParse(address)) return undefined;
  const { protocol, hostname, port, pathname } = new URL(address);
  const scheme = protocol.slice(0, -1);
  return Object.hasOwn(usualPorts, scheme) ? remoteOf(scheme, hostname, port, pathname) : undefined;
}

function remoteOf(scheme: string, host: string, port: string, path: string): RemoteAddress {
  return {
    scheme,
    host: host.toLowerCase(),
    port: port === '' ? (usualPorts[scheme] ?? '') : port,
    path: unescaped(path)
      .replace(/^\/+|\/+$/g, '')
      .replace(/\.git$/i, '')
      .toLowerCase(),
  };
}

function unescaped(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
