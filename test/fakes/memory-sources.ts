import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import type { Sources } from '../../domain/ports/sources.js';

/** What the sources hold. A test may change it. */
export interface MemorySources extends Sources {
  /** Answers of the database, by query: CSV with a header; of a query for new rows one column of times. */
  readonly queries: Map<string, string>;
  /** Objects of every bucket, by key. */
  readonly objectsByKey: Map<string, string | Uint8Array>;
}

export function createMemorySources(): MemorySources {
  const queries: MemorySources['queries'] = new Map();
  const objectsByKey: MemorySources['objectsByKey'] = new Map();
  const digest = (content: string | Uint8Array) => createHash('md5').update(content).digest('hex');
  const answer = (query: string) => {
    const csv = queries.get(query.trim()) ?? '';
    return { csv, lines: csv.trimEnd().split('\n') };
  };
  return {
    queries,
    objectsByKey,
    sql: () => ({
      fingerprint: async (query) => {
        const { lines } = answer(query);
        return { rows: lines.length - 1, digest: digest([...lines].sort().join('\n')) };
      },
      newRows: async (query, { from, to }) => {
        const times = answer(query)
          .lines.slice(1)
          .filter((time) => (from === null || time > from) && (to === null || time <= to))
          .sort();
        return { watermark: times.at(-1) ?? null, rows: times.length };
      },
      copyToCsv: async (query, path) => {
        const { csv, lines } = answer(query);
        await writeFile(path, csv);
        return {
          rows: lines.length - 1,
          columns: (lines[0] ?? '').split(',').map((name) => ({ name, type: 'text' })),
        };
      },
    }),
    objects: () => ({
      list: async (path) =>
        [...objectsByKey]
          .filter(([key]) => (path.endsWith('/') ? key.startsWith(path) : key === path))
          .map(([key, content]) => ({ key, etag: digest(content), bytes: Buffer.byteLength(content) }))
          .sort((a, b) => (a.key < b.key ? -1 : 1)),
      fetch: async (key, path) => await writeFile(path, objectsByKey.get(key) ?? ''),
    }),
  };
}
