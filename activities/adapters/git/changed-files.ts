import type { ChangedFile } from '../../../domain/approvals/code-changes.js';
import { RatchetError } from '../../../domain/errors/ratchet-error.js';
import { fetchCommit, isKept } from './fetch-commit.js';
import { mirrorFailure } from './git-failure.js';
import { keptRef, type Mirror } from './mirror.js';

const mostFiles = 100_000;
const mostOutputBytes = 64 * 1024 * 1024;

/** Added and removed lines, or a dash each for what is not text, and the path. */
const entryPattern = /^(\d+|-)\t(\d+|-)\t(.+)$/s;

/** The files that differ between two commits of a mirror. See `Git.changedFiles`. */
export async function readChangedFiles(
  mirror: Mirror,
  { from, to }: { readonly from: string; readonly to: string },
): Promise<readonly ChangedFile[]> {
  for (const commit of [from, to]) if (!(await isKept(mirror, commit))) await fetchCommit(mirror, commit);
  const { runner, gitDir, limits, address } = mirror;
  const end = await runner.run({
    gitDir,
    args: [
      'diff',
      '--numstat',
      '-z',
      '--no-renames',
      '--no-ext-diff',
      '--no-textconv',
      '--end-of-options',
      keptRef(from),
      keptRef(to),
      '--',
    ],
    timeoutMs: limits.timeoutMs,
    maxOutputBytes: mostOutputBytes,
  });
  const refused = (why: string) => new RatchetError('GIT_REFUSED', `${address.url}: ${why}`);
  if (end.stopped === 'output') throw refused(tooMany);
  if (end.stopped === 'timeout')
    throw refused(`what differs between ${from} and ${to} was not counted within ${limits.timeoutMs} ms`);
  if (end.exitCode !== 0) throw mirrorFailure(end, 'diff');
  const files = end.stdout.toString('utf8').split('\0').slice(0, -1).map(parseEntry);
  if (files.length > mostFiles) throw refused(tooMany);
  return files;
}

const tooMany = `more than ${mostFiles} files differ`;

function parseEntry(entry: string): ChangedFile {
  const [, added = '', removed = '', path] = entryPattern.exec(entry) ?? [];
  if (path === undefined) throw new RatchetError('GIT_REFUSED', 'git told of a changed file unreadably');
  return { path, added: linesOf(added), removed: linesOf(removed) };
}

const linesOf = (text: string) => (text === '-' ? null : Number(text));
