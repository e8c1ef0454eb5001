import { and, asc, eq, sql } from 'drizzle-orm';
import { RatchetError } from '../domain/errors/ratchet-error.js';
import type { DatasetStore } from '../domain/ports/datasets.js';
import type { Database } from './client.js';
import { explained } from './constraints.js';
import { datasetTags } from './schema/datasets.js';
import { unknownDataset } from './unknown-dataset.js';

/** Names for versions and subsets of their rows. Tagging again moves the name. */
export function createDatasetTags(database: Database): Pick<DatasetStore, 'tag' | 'tags'> {
  return {
    async tag(project, name, version, tag, subset) {
      const named = { version, where: subset?.where ?? null, rows: subset?.rows ?? null };
      const work = database.write((session) =>
        session
          .insert(datasetTags)
          .values({ project, name, tag, ...named })
          .onConflictDoUpdate({
            target: [datasetTags.project, datasetTags.name, datasetTags.tag],
            set: { ...named, at: sql`now()` },
          }),
      );
      await explained(work, {
        dataset_tags_version: () => unknownDataset(project, name, version),
        dataset_tags_tag: () => badTag(tag),
      });
    },
    async tags(project, name) {
      const rows = await database.query((session) =>
        session
          .select()
          .from(datasetTags)
          .where(and(eq(datasetTags.project, project), eq(datasetTags.name, name)))
          .orderBy(asc(datasetTags.tag)),
      );
      return rows.map(({ project: _, name: __, at, ...tag }) => ({ ...tag, at: at.toISOString() }));
    },
  };
}

function badTag(tag: string): RatchetError {
  return new RatchetError(
    'NAME_INVALID',
    `"${tag}" is not a tag; a tag begins with a letter and has letters, digits, dots, dashes and underscores, at most 63 characters`,
    { tag },
  );
}
