import { spawnSync } from 'node:child_process';
import { onPath } from '../../../stack/parts/temporal-program.js';

/** What a watched network needs and this machine lacks. */
export function missingParts(): readonly string[] {
  const missing = ['ip', 'unshare', 'nsenter', 'setpriv', 'mount', 'python3'].filter(
    (name) => onPath(name) === undefined,
  );
  if (process.getuid?.() !== 0) missing.push('root');
  if (missing.length > 0) return missing;
  const link = ['ip', 'link', 'add', 'out', 'type', 'veth', 'peer', 'name', 'nowhere'];
  const tried = spawnSync('unshare', ['--net', '--mount', '--pid', '--fork', ...link], { encoding: 'utf8' });
  return tried.status === 0 ? [] : [`namespaces with a pair of interfaces: ${tried.stderr.trim()}`];
}
