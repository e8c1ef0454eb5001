import { randomUUID } from 'node:crypto';
import type { BlobRef, BlobStore } from '../../domain/ports/blobs.js';
import { digestOf } from '../conformance/dataset-manifest.js';
import { prepareVersion } from '../conformance/model-registry-subject.js';
import type { PromotionWorld } from '../conformance/promotion-world.js';
import { newRun } from '../conformance/run-store-subject.js';

/** Registers model files and makes champions of them, each step as it is done rightly. */
export function championsOfFiles(world: PromotionWorld, blobs: BlobStore) {
  const files = new Map<number, BlobRef>();

  async function candidate(bytes: Uint8Array): Promise<number> {
    const file = await blobs.putBytes(bytes);
    const id = `of-${files.size + 1}`;
    const causes = [{ kind: 'manual', by: world.name('ann'), at: new Date(0).toISOString() }] as const;
    await world.runs.create({ ...newRun(world.project, id), causes });
    const prepared = await prepareVersion(world, id);
    const evaluationId = randomUUID();
    await world.registry.putEvaluation({
      id: evaluationId,
      runId: prepared.runId,
      modelDigest: file.sha256,
      datasetDigest: digestOf('d'),
      report: prepared.card,
      metrics: {},
    });
    const { version } = await world.registry.register({ ...prepared, evaluationId, file });
    files.set(version, file);
    const digests = { ...(await world.digestsNow()), model: file.sha256, evaluation: prepared.card.sha256 };
    await world.judge(version, { digests });
    await world.champions.judge({ ...world.at(version), to: 'candidate' });
    return version;
  }

  async function champion(bytes: Uint8Array): Promise<number> {
    const version = await candidate(bytes);
    await world.promote(version, null, { attestation: await world.attest(files.get(version)?.sha256) });
    return version;
  }

  return { candidate, champion, fileOf: (version: number) => files.get(version) as BlobRef };
}
