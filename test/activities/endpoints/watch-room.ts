import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MockActivityEnvironment } from '@temporalio/testing';
import type { EngineAgent } from '../../../activities/adapters/engine-agent/create-engine-agent.js';
import { openImageReleases, tellOfImages } from '../../../activities/endpoints/open-image-releases.js';
import { pruneImages } from '../../../activities/endpoints/prune-images.js';
import { watchImages } from '../../../activities/endpoints/watch-images.js';
import { countImages } from '../../../activities/endpoints/watched-image.js';
import { readImage } from '../../../activities/images/read-image.js';
import { engineLabels } from '../../../domain/engine/labels.js';
import { archiveKey } from '../../../domain/engine/staged-archive.js';
import type { WatchedImages } from '../../../domain/lifecycle/watch-images.js';
import type { BlobRef } from '../../../domain/ports/blobs.js';
import { scanArchive } from '../../../workers/images/scan-archive.js';
import { debian, dpkgStatus, type MadeImage, npmPackage, writeImage } from '../images/make-image.js';
import { openReleaseRoom } from '../serving/release-room.js';

const samples = join(import.meta.dirname, '../../../examples/flight-delay/sample-advisories');
export const [oldBase, newBase] = ['b', 'c'].map((digit) => `sha256:${digit.repeat(64)}`) as [string, string];

const imageWith = (...packages: readonly (readonly [string, string])[]): MadeImage => ({
  layers: [[debian, dpkgStatus('bash 5.2-1')], packages.map(([name, version]) => npmPackage(name, version))],
});
export const images = {
  plain: imageWith(['hono', '4.13.19']),
  other: imageWith(['hono', '4.13.20']),
  third: imageWith(['hono', '4.13.21']),
};

/** An advisory about hono: fixed in 5, where a version is given. */
export function advisoryOf(id: string, fixed?: string) {
  const events = [{ introduced: '0' }, ...(fixed === undefined ? [] : [{ fixed }])];
  return {
    ...{ schema_version: '1.6.0', id, modified: '2026-11-01T00:00:00Z', summary: 'Made up' },
    severity: [{ type: 'CVSS_V3', score: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H' }],
    affected: [{ package: { ecosystem: 'npm', name: 'hono' }, ranges: [{ type: 'SEMVER', events }] }],
  };
}

/** An endpoint that releases bring to images, an engine that has these, and advisories that a test adds to. */
export async function openWatchRoom() {
  const folder = await mkdtemp(join(tmpdir(), 'advisories of '));
  await cp(samples, folder, { recursive: true });
  const engine = { made: images.plain, base: oldBase, isLost: false };
  const asked: string[] = [];
  const pruned: { readonly keep: readonly string[]; readonly youngestMs: number }[] = [];
  const archives = new Map<string, BlobRef>();
  const answers: Readonly<Record<string, (given: { digest: string }) => Promise<unknown>>> = {
    buildServingImage: async () => {
      const file = await writeImage(room.deps.workDir, engine.made);
      const digest = (await readImage(file)).manifest.imageDigest;
      archives.set(digest, await room.blobs.putBytes(await readFile(file)));
      const labels = { [engineLabels.base]: engine.base };
      return { image: { digest, repository: null }, isReused: false, labels };
    },
    storeImageArchive: async ({ digest }) => {
      if (engine.isLost) throw new Error('the engine has no such image');
      const path = join(room.deps.workDir, 'given.tar');
      await room.blobs.fetchFile(archives.get(digest) as BlobRef, path);
      return room.blobs.stageFile(archiveKey(Date.now(), String(asked.length)), path);
    },
    renewBase: async () => ({ digest: engine.base }),
    pruneImages: async (given) => {
      pruned.push(given as never);
      return { removed: 1 };
    },
  };
  const agent = {
    ask: async (verb: string, _: unknown, given: { digest: string }) => {
      asked.push(verb);
      return answers[verb]?.(given);
    },
  } as EngineAgent;
  const files = {
    'app/package.json': '{}',
    'app/image-policy.yaml': 'version: 1\ndatabase: { oldest: 9000 days }\n',
  };
  const room = await openReleaseRoom({ files, images: { advisories: folder, engine: agent } });
  await room.declare({ application: { path: 'app' } });
  await room.crown();
  const { stores, blobs } = room;
  const shared = { ...room.deps, ...stores, blobs };
  const champions = { champion: async () => room.live.record };

  async function ship(id: string, kind: 'deploy' | 'rollback' | 'scale' = 'deploy'): Promise<void> {
    const input = await room.begin(id, kind);
    await room.work('takeReleaseTurn', input);
    const plan = await room.work('prepareRelease', input);
    const parts = plan.kept ?? { application: null, image: await makeImage(input, plan) };
    const deployed = await room.work('deployRevision', { ...input, plan, parts });
    await room.work('recordRevision', { ...input, plan, deployed });
    await room.work('closeRelease', { ...input, status: 'succeeded', reason: null });
  }
  async function makeImage(
    input: Awaited<ReturnType<typeof room.begin>>,
    plan: Awaited<ReturnType<typeof room.ship>>,
  ) {
    const release = { ...input, plan, built: { bundle: null } };
    const made = await room.work('buildImage', release);
    const scanned = await room.work('scanImage', { ...release, made });
    return room.work('signImage', { ...input, image: made.image, scanned });
  }
  const inActivity = <T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> =>
    new MockActivityEnvironment().run(() => work(new AbortController().signal)) as Promise<T>;

  return {
    ...{ room, engine, asked, pruned, ship },
    watch: (): Promise<WatchedImages> =>
      inActivity((signal) =>
        watchImages({ ...shared, advisories: folder, engine: agent, scanArchive }, signal),
      ),
    prune: () => inActivity((signal) => pruneImages({ ...shared, engine: agent }, signal)),
    open: (events: WatchedImages['events']) => openImageReleases({ ...shared, champions }, events),
    tell: () =>
      tellOfImages({
        ...shared,
        champions,
        lines: stores.modelLines,
        tell: async (one) => void room.told.push(one),
      }),
    count: () => countImages(stores.endpoints),
    scans: () => stores.imageScans.list(),
    advise: (id: string, fixed?: string) =>
      writeFile(join(folder, 'npm', `${id}.json`), JSON.stringify(advisoryOf(id, fixed))),
    withdraw: (id: string) => rm(join(folder, 'npm', `${id}.json`)),
    async close() {
      await room.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
export type WatchRoom = Awaited<ReturnType<typeof openWatchRoom>>;
