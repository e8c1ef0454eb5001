import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Git } from '../../domain/ports/git.js';

/** Files of a repository, by commit and path. Texts and bytes. */
export type MemoryTree = Readonly<Record<string, string | Uint8Array>>;

/** One repository in memory: every address is it, every commit id is a key of `commits`. */
export function createMemoryGit(
  commits: Readonly<Record<string, MemoryTree>>,
  history: Git['history'] = async () => [],
): Git {
  const treeOf = (commit: string): MemoryTree => commits[commit] ?? {};
  const below = (commit: string, path: string) => {
    const folder = path === '' ? '' : `${path.replace(/\/$/, '')}/`;
    return Object.entries(treeOf(commit))
      .filter(([name]) => name.startsWith(folder))
      .sort(([a], [b]) => (a < b ? -1 : 1));
  };
  return {
    history,
    changedFiles: async (_, { from, to }) => {
      const [before, after] = [treeOf(from), treeOf(to)];
      const lines = (text: string | Uint8Array | undefined) =>
        typeof text === 'string' ? text.split('\n').length : text === undefined ? 0 : null;
      return [...new Set([...Object.keys(before), ...Object.keys(after)])]
        .filter((path) => before[path] !== after[path])
        .sort()
        .map((path) => ({ path, added: lines(after[path]), removed: lines(before[path]) }));
    },
    resolve: async (_, ref) => ({
      id: ref,
      author: 'A <a@example.com>',
      committedAt: '2020-01-01T00:00:00Z',
      subject: ref,
    }),
    treeId: async (_, commit, path) => {
      const file = treeOf(commit)[path];
      const parts = file === undefined ? below(commit, path) : [[path, file] as const];
      if (parts.length === 0) return undefined;
      const hash = createHash('sha1');
      for (const [name, content] of parts) hash.update(name).update('\0').update(content).update('\0');
      return hash.digest('hex');
    },
    readFile: async (_, commit, path) => {
      const file = treeOf(commit)[path];
      return file === undefined || typeof file === 'string' ? file : Buffer.from(file).toString('utf8');
    },
    listFiles: async (_, commit, path) => below(commit, path).map(([name]) => name),
    checkOut: async (_, commit, path, folder) => {
      await mkdir(folder, { recursive: true });
      const prefix = path === '' ? 0 : path.replace(/\/$/, '').length + 1;
      for (const [name, content] of below(commit, path)) {
        const target = join(folder, name.slice(prefix));
        await mkdir(dirname(target), { recursive: true });
        await writeFile(target, content);
      }
    },
  };
}
