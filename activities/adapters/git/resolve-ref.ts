import { RatchetError } from '../../../domain/errors/ratchet-error.js';
import { printableLine } from '../../../domain/printable.js';
import { gitFailure } from './git-failure.js';
import type { Mirror } from './mirror.js';
import { commitPattern } from './ref-names.js';

/** Asks the repository where names lead now: the one commit id. Tags of tags are followed by git. */
export async function askRemote(mirror: Mirror, ref: string, names: readonly string[]): Promise<string> {
  const { address } = mirror;
  const patterns = names.flatMap((name) => (name.startsWith('refs/tags/') ? [name, `${name}^{}`] : [name]));
  const rows = await listRefs(mirror, patterns);
  const found = names.flatMap((name) => {
    const id = rows.get(`${name}^{}`) ?? rows.get(name);
    return id === undefined ? [] : [{ name, id }];
  });
  const [first, second] = found;
  if (first === undefined) {
    const text = `${address.url} has no branch or tag "${ref}"; a commit is named by all of its 40 digits; ${await branchesOf(mirror)}`;
    throw new RatchetError('GIT_NOT_FOUND', text);
  }
  if (second !== undefined) {
    const text = `"${ref}" is a branch and a tag of ${address.url}; write ${first.name} or ${second.name}`;
    throw new RatchetError('GIT_REFUSED', text);
  }
  if (commitPattern.test(first.id)) return first.id;
  throw new RatchetError('GIT_REFUSED', `${address.url} names its commits by another hash than SHA-1`);
}

/** Ids by name. */
async function listRefs(mirror: Mirror, patterns: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const { address, limits, runner, gitDir } = mirror;
  const end = await runner.run({
    gitDir,
    address,
    args: ['ls-remote', '--quiet', '--', address.url, ...patterns],
    timeoutMs: limits.timeoutMs,
    maxOutputBytes: 1024 * 1024,
  });
  if (end.exitCode !== 0) throw gitFailure(end, address, limits);
  return new Map(
    end.stdout
      .toString('utf8')
      .split('\n')
      .map((line) => splitRow(line)),
  );
}

const shownBranches = 5;

/** What may have been meant, such as the branch that an older git begins with. */
async function branchesOf(mirror: Mirror): Promise<string> {
  const found = [...(await listRefs(mirror, ['refs/heads/*'])).keys()].filter((name) => name !== '');
  const names = found.map((name) => printableLine(name.slice('refs/heads/'.length)).slice(0, 100));
  const more = names.length > shownBranches ? ' and others' : '';
  return names.length === 0
    ? 'there is no branch yet'
    : `its branches: ${names.slice(0, shownBranches).join(', ')}${more}`;
}

/** `<id> TAB <name>`; ls-remote also matches names that only end like the one asked for. */
function splitRow(line: string): readonly [string, string] {
  const [id = '', name = ''] = line.split('\t');
  return [name, id];
}
