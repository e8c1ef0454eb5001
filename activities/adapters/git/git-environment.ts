import type { RepositoryAddress } from './repository-address.js';

/** Files that keep the machine's own git configuration and home out of every call. */
export interface QuietFolder {
  /** An empty folder, in place of the home folder, templates and hooks. */
  readonly empty: string;
  /** Our own configuration file, in place of the user's. */
  readonly config: string;
  /** See `GitLimits.caFile`. */
  readonly caFile: string | undefined;
}

/**
 * The whole environment of a git process: no configuration but ours, no prompt, no credentials, no lazy fetch. The
 * only transport is the one of the address; without an address there is none.
 */
export function gitEnvironment(quiet: QuietFolder, address?: RepositoryAddress): Record<string, string> {
  const agent = process.env['SSH_AUTH_SOCK'];
  return {
    PATH: process.env['PATH'] ?? '/usr/local/bin:/usr/bin:/bin',
    HOME: quiet.empty,
    XDG_CONFIG_HOME: quiet.empty,
    LC_ALL: 'C',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: quiet.config,
    GIT_ATTR_NOSYSTEM: '1',
    GIT_TEMPLATE_DIR: quiet.empty,
    GIT_TERMINAL_PROMPT: '0',
    GIT_ASKPASS: '',
    SSH_ASKPASS: '',
    GIT_ALLOW_PROTOCOL: address?.protocol ?? '',
    GIT_PROTOCOL_FROM_USER: '0',
    GIT_NO_LAZY_FETCH: '1',
    GIT_NO_REPLACE_OBJECTS: '1',
    GIT_LITERAL_PATHSPECS: '1',
    GIT_LFS_SKIP_SMUDGE: '1',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_SSH_VARIANT: 'ssh',
    GIT_SSH_COMMAND: sshCommand,
    ...(agent === undefined || address?.protocol !== 'ssh' ? {} : { SSH_AUTH_SOCK: agent }),
  };
}

/** Host keys must be known; nothing is asked, forwarded, or run on this side. Keys are those of the account. */
const sshCommand = [
  'ssh -F /dev/null',
  '-oBatchMode=yes',
  '-oStrictHostKeyChecking=yes',
  '-oConnectTimeout=15',
  '-oProxyCommand=none',
  '-oPermitLocalCommand=no',
  '-oClearAllForwardings=yes',
].join(' ');

/** Settings that stand before the command of every call. */
export function gitOptions(
  quiet: QuietFolder,
  gitDir: string,
  address?: RepositoryAddress,
): readonly string[] {
  const settings = {
    'protocol.allow': 'never',
    ...(address === undefined ? {} : { [`protocol.${address.protocol}.allow`]: 'always' }),
    'core.hooksPath': quiet.empty,
    'core.fsmonitor': 'false',
    'core.symlinks': 'false',
    'core.warnAmbiguousRefs': 'false',
    'core.bigFileThreshold': '8m',
    'credential.helper': '',
    'http.followRedirects': 'false',
    ...(quiet.caFile === undefined ? {} : { 'http.sslCAInfo': quiet.caFile }),
    'http.lowSpeedLimit': '1000',
    'http.lowSpeedTime': '30',
    'submodule.recurse': 'false',
    'fetch.recurseSubmodules': 'false',
    'fetch.fsckObjects': 'true',
    'transfer.fsckObjects': 'true',
    'fetch.unpackLimit': '1',
    'fetch.writeCommitGraph': 'false',
    'gc.auto': '0',
    'maintenance.auto': 'false',
    'advice.objectNameWarning': 'false',
  };
  return [
    '--git-dir',
    gitDir,
    ...Object.entries(settings).flatMap(([key, value]) => ['-c', `${key}=${value}`]),
  ];
}
