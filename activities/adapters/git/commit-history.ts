import type { CommitPeople, GitPerson } from '../../../domain/approvals/author-set.js';
import { RatchetError } from '../../../domain/errors/ratchet-error.js';
import type { CommitRange } from '../../../domain/ports/git.js';
import { fetchCommit, isKept } from './fetch-commit.js';
import { mirrorFailure } from './git-failure.js';
import { keptRef, type Mirror } from './mirror.js';
import { checkedPath } from './ref-names.js';

const mostCommits = 100_000;
const mostOutputBytes = 128 * 1024 * 1024;

/** Fields of a commit, each ended by a NUL, which stands in none of them. */
const fields = ['%H', '%an', '%ae', '%cn', '%ce', '%(trailers:key=Co-authored-by,valueonly,unfold)'];
const personPattern = /^(?<name>[^<]*)<(?<email>[^<>]*)>/;

/** Commits on one side only of two states, of a mirror that keeps histories. See `Git.history`. */
export async function readHistory(mirror: Mirror, range: CommitRange): Promise<readonly CommitPeople[]> {
  const ends = range.from === null ? [range.to] : [range.from, range.to];
  for (const commit of ends) if (!(await isKept(mirror, commit))) await fetchCommit(mirror, commit);
  const { runner, gitDir, limits } = mirror;
  const end = await runner.run({
    gitDir,
    args: [
      '--no-literal-pathspecs',
      'log',
      '-z',
      '--no-show-signature',
      '--no-use-mailmap',
      '--full-history',
      `--max-count=${mostCommits + 1}`,
      `--format=tformat:${fields.join('%x00')}`,
      ends.map(keptRef).join('...'),
      ...pathspecs(range.touching),
    ],
    timeoutMs: limits.timeoutMs,
    maxOutputBytes: mostOutputBytes,
  });
  if (end.stopped === 'output') throw tooLong(mirror);
  if (end.exitCode !== 0) throw mirrorFailure(end, 'log');
  const commits = parseCommits(end.stdout.toString('utf8'));
  if (commits.length > mostCommits) throw tooLong(mirror);
  return commits;
}

/** With `-m`, as a merge may change a file by itself. */
function pathspecs(touching: CommitRange['touching']): readonly string[] {
  if (touching === undefined) return ['--'];
  const { files, folders = [] } = touching;
  const named = files.map((name) => `:(top,glob)**/${name}`);
  return ['-m', '--no-patch', '--', ...named, ...folders.map((path) => `:(top,literal)${checkedPath(path)}`)];
}

function parseCommits(text: string): readonly CommitPeople[] {
  const values = text.split('\0');
  if (values.length % fields.length !== 1) throw unreadable();
  const commits = new Map<string, CommitPeople>();
  for (let at = 0; at + fields.length <= values.length - 1; at += fields.length) {
    const [id = '', name = '', email = '', byName = '', byEmail = '', trailers = ''] = values.slice(at);
    if (!/^[0-9a-f]{40}$/.test(id)) throw unreadable();
    commits.set(id, {
      id,
      author: { name: printable(name), email: printable(email) },
      committer: { name: printable(byName), email: printable(byEmail) },
      coAuthors: trailers.split('\n').flatMap(personOf),
    });
  }
  return [...commits.values()];
}

/** A trailer that names nobody readable is somebody nobody knows. */
function personOf(trailer: string): GitPerson[] {
  const text = trailer.trim();
  if (text === '') return [];
  const found = personPattern.exec(text)?.groups;
  return [{ name: printable(found?.['name'] ?? text), email: printable(found?.['email'] ?? '') }];
}

const unreadable = () => new RatchetError('GIT_REFUSED', 'the history has a commit that cannot be read');

function tooLong({ address }: Mirror): RatchetError {
  return new RatchetError(
    'GIT_REFUSED',
    `${address.url} has more than the ${mostCommits} commits between two versions that are read`,
  );
}

function printable(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
  const clean = text.replace(/[\u0000-\u001f\u007f-\u009f]/g, '');
  return clean.trim().slice(0, 320);
}
