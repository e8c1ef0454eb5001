import { join } from 'node:path';
import { RatchetError } from '../../../domain/errors/ratchet-error.js';
import type { Commit, Git } from '../../../domain/ports/git.js';
import { readChangedFiles } from './changed-files.js';
import { readHistory } from './commit-history.js';
import { parseCommit } from './commit-text.js';
import { fetchCommit } from './fetch-commit.js';
import type { GitLimits } from './git-limits.js';
import { createGitRunner } from './git-runner.js';
import { listTree } from './list-tree.js';
import { keptCommit, keptRef, type Mirror, openMirror } from './mirror.js';
import { type GitObject, readObjects } from './object-batch.js';
import { createObjectMemory, type ObjectMemory } from './object-memory.js';
import { createObjectReader, type ObjectReader } from './object-reader.js';
import { askFor, checkedCommit, checkedPath } from './ref-names.js';
import { parseRepositoryAddress } from './repository-address.js';
import { askRemote } from './resolve-ref.js';
import { createTreeMemory } from './tree-memory.js';
import { writeTree } from './write-tree.js';

const defaultTextBytes = 1024 * 1024;
const longestCommitBytes = 1024 * 1024;

/**
 * Reads repositories through the git program, with mirrors in `cacheDir` that several workers may share. Symbolic
 * links are plain files that hold their target; submodules and large-file contents are not fetched.
 */
export function createGit(options: GitLimits & { readonly cacheDir: string }): Git {
  const runner = createGitRunner(options.cacheDir, options.caFile);
  const memory = createObjectMemory();
  const reading = { memory, reader: createObjectReader() };
  const trees = createTreeMemory();
  const open = async (repo: string, history = false): Promise<Mirror> =>
    await openMirror(options.cacheDir, parseRepositoryAddress(repo, options), runner, options, history);
  return {
    resolve: async (repo, ref, asked) => {
      const question = askFor(ref, asked);
      const mirror = await open(repo);
      if (question.kind === 'commit') return await readCommit(mirror, question.id, memory);
      return await readHead(mirror, () => askRemote(mirror, ref, question.names), memory);
    },
    treeId: async (repo, commit, path) => {
      const mirror = await open(repo);
      const object = await objectAt(mirror, reading, {
        commit: checkedCommit(commit),
        path: checkedPath(path),
      });
      return object?.id;
    },
    readFile: async (repo, commit, path, maxBytes = defaultTextBytes) => {
      const inner = checkedPath(path);
      const place = { commit: checkedCommit(commit), path: inner, maxBytes };
      const object = await objectAt(await open(repo), reading, place);
      return object?.type === 'blob' ? textOf(object.content, inner) : undefined;
    },
    listFiles: async (repo, commit, path) => {
      const mirror = await open(repo);
      const inner = checkedPath(path);
      const object = await objectAt(mirror, reading, { commit: checkedCommit(commit), path: inner });
      if (object === undefined) return [];
      if (object.type !== 'tree') return [inner];
      return (await listTree(mirror, object.id)).map((file) => join(inner, file.path));
    },
    checkOut: async (repo, commit, path, folder) => {
      const mirror = await open(repo);
      const object = await objectAt(mirror, reading, {
        commit: checkedCommit(commit),
        path: checkedPath(path),
      });
      if (object?.type === 'tree') return await writeTree(mirror, object.id, folder, trees);
      const is = object === undefined ? 'does not exist' : 'is not a folder';
      throw new RatchetError('GIT_NOT_FOUND', `"${path}" ${is} at commit ${commit}`);
    },
    history: async (repo, { from, to, ...range }) => {
      const ends = { from: from === null ? null : checkedCommit(from), to: checkedCommit(to) };
      return await readHistory(await open(repo, true), { ...range, ...ends });
    },
    changedFiles: async (repo, { from, to }) => {
      const between = { from: checkedCommit(from), to: checkedCommit(to) };
      return await readChangedFiles(await open(repo, true), between);
    },
  };
}

/** A commit that is gone although a name led to it a moment ago was pushed over: the name is asked for once more. */
async function readHead(mirror: Mirror, ask: () => Promise<string>, memory: ObjectMemory): Promise<Commit> {
  const id = await ask();
  try {
    return await readCommit(mirror, id, memory);
  } catch (error) {
    if (!(error instanceof RatchetError && error.code === 'GIT_NOT_FOUND')) throw error;
    const next = await ask();
    if (next === id) throw error;
    return await readCommit(mirror, next, memory);
  }
}

async function readCommit(mirror: Mirror, id: string, memory: ObjectMemory): Promise<Commit> {
  const read = async () => (await readObjects(mirror, [keptRef(id)], longestCommitBytes))[0];
  const object = await memory.recall(`${mirror.gitDir} ${id}`, async () => {
    const here = await read();
    if (here !== undefined) return here;
    await fetchCommit(mirror, id);
    return await read();
  });
  if (object?.type === 'commit' && object.id === id) return parseCommit(id, object.content.toString('utf8'));
  throw new RatchetError('GIT_REFUSED', `${id} is not a commit but a ${object?.type ?? 'missing object'}`);
}

interface Place {
  readonly commit: string;
  readonly path: string;
  /** Contents are read only with it. */
  readonly maxBytes?: number;
}

/** What lies at a path, fetched where this machine does not have the commit yet. */
async function objectAt(
  mirror: Mirror,
  { memory, reader }: { readonly memory: ObjectMemory; readonly reader: ObjectReader },
  { commit, path, maxBytes }: Place,
): Promise<GitObject | undefined> {
  const read = () => reader.read(mirror, `${keptRef(commit)}:${path}`, maxBytes);
  return await memory.recall(`${mirror.gitDir} ${commit}:${maxBytes ?? 'id'}:${path}`, async () => {
    const object = await read();
    if (object !== undefined) return object;
    const kept = await reader.read(mirror, keptCommit(commit), undefined);
    if (kept?.id !== commit) await fetchCommit(mirror, commit);
    // Another worker may have fetched it between the two looks.
    return await read();
  });
}

function textOf(content: Buffer, path: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(content);
  } catch (cause) {
    throw new RatchetError('GIT_REFUSED', `${path} is not UTF-8 text`, {}, { cause });
  }
}
