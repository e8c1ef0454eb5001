import { and, eq } from 'drizzle-orm';
import { RatchetError } from '../domain/errors/ratchet-error.js';
import type { BlobRef } from '../domain/ports/blobs.js';
import type { ReferenceName, WatchStore } from '../domain/ports/watches.js';
import type { Database } from './client.js';
import { explained } from './constraints.js';
import { referenceProfiles } from './schema/watches.js';

export function createReferences(database: Database): Pick<WatchStore, 'reference' | 'putReference'> {
  const read = async (of: ReferenceName): Promise<BlobRef | undefined> => {
    const [row] = await database.query((session) =>
      session
        .select({ profile: referenceProfiles.profile })
        .from(referenceProfiles)
        .where(
          and(
            eq(referenceProfiles.project, of.project),
            eq(referenceProfiles.model, of.model),
            eq(referenceProfiles.version, of.version),
            eq(referenceProfiles.rule, of.rule),
          ),
        ),
    );
    return row?.profile;
  };
  return {
    reference: read,
    async putReference(of, profile) {
      const put = database.write((session) =>
        session
          .insert(referenceProfiles)
          .values({ ...of, profile })
          .onConflictDoNothing(),
      );
      await explained(put, { reference_profiles_version: () => unknownVersion(of) });
      return (await read(of)) ?? profile;
    },
  };
}

function unknownVersion({ project, model, version }: ReferenceName): RatchetError {
  return new RatchetError('MODEL_NOT_FOUND', `model ${project}/${model} has no version ${version}`, {
    model,
    version,
  });
}
