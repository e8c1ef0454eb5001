import { beforeEach, describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import type { TriggerDeps } from '../../../activities/triggers/deps.js';
import { recordHead } from '../../../activities/triggers/record-head.js';
import type { ModelVersionRecord } from '../../../domain/ports/models.js';
import { ChangesRoom, type Edit } from '../../conformance/changes-room.js';
import { createMemoryBlobStore } from '../../fakes/memory-blob-store.js';
import { createMemoryStores, type MemoryStores } from '../../fakes/stores/memory-stores.js';

const file = 'models/late/ratchet.yaml';
const ref = 'refs/heads/main';

describe('a commit that has to do with endpoints', () => {
  let stores: MemoryStores;
  let room: ChangesRoom;
  let hasChampion: boolean;
  beforeEach(async () => {
    stores = createMemoryStores();
    hasChampion = true;
    const champion = async () => (hasChampion ? ({ version: 1 } as ModelVersionRecord) : undefined);
    const champions = { ...stores.champions, champion };
    room = await ChangesRoom.open({
      ...{ ...stores, champions, blobs: createMemoryBlobStore(), project: 'trips' },
    });
  });

  const model = (serving: object) => {
    const [newest] = Object.values(room.trees).slice(-1);
    return { others: { [file]: { ...parse(String(newest?.[file])), serving } } };
  };
  const commit = (edit: Edit = {}) => room.commit('ann', edit);
  /** The first commit has no endpoints; those of another are declared by the one after it. */
  const declare = async (serving: object) => {
    if (Object.keys(room.trees).length === 0) await room.apply(commit(), 'ada');
    const id = commit(model(serving));
    return { id, releases: (await room.apply(id, null)).releases };
  };
  const push = async (from: string, edit: Edit) => {
    const to = commit(edit);
    await room.apply(to, null);
    const deps = { ...room.deps, ...stores, lines: stores.modelLines, refs: stores.trackedRefs };
    const head = { project: 'trips', ref, repo: room.repo, from, to, applies: true, refusal: null };
    await stores.trackedRefs.move({ project: 'trips', ref, from: null, to: from }, []);
    const champions = room.deps.champions;
    return recordHead({ ...deps, champions } as unknown as TriggerDeps, head);
  };
  const ids = (releases: readonly { readonly releaseId: string }[] | undefined) =>
    releases?.map(({ releaseId }) => releaseId);

  it('declares them as the files of the models say, and releases what is new', async () => {
    const { id, releases } = await declare({ web: { replicas: 2 } });
    expect(ids(releases)).toEqual([`trips.web.declared-${id.slice(0, 12)}`]);
    expect(await stores.endpoints.list('trips')).toMatchObject([
      { endpoint: 'web', model: 'late', commit: id, config: { replicas: 2 } },
    ]);
    const [release] = await stores.releases.list({ project: 'trips' });
    expect(release?.causes).toMatchObject([{ kind: 'push', facts: { kind: 'push', commit: id } }]);
  });

  it('gives the same releases again where its answer was lost', async () => {
    const { id, releases } = await declare({ web: {} });
    expect((await room.apply(id, null)).releases).toEqual(releases);
    expect(await stores.releases.list({ project: 'trips' })).toHaveLength(1);
  });

  it('releases what changed alone, and nothing of what has ended', async () => {
    const first = await declare({ web: {}, desk: {} });
    expect(first.releases).toHaveLength(2);
    const second = await declare({ web: { replicas: 3 }, desk: {} });
    expect(ids(second.releases)).toEqual([`trips.web.declared-${second.id.slice(0, 12)}`]);
    await stores.releases.setStatus(second.releases?.[0]?.releaseId ?? '', 'succeeded', null);
    expect((await room.apply(second.id, null)).releases).toEqual([]);
  });

  it('retires what is gone', async () => {
    await declare({ web: {} });
    expect((await declare({})).releases).toEqual([]);
    expect(await stores.endpoints.get({ project: 'trips', endpoint: 'web' })).toMatchObject({
      retiredAt: expect.any(String),
    });
  });

  it('releases nothing of a model without a champion, and declares it all the same', async () => {
    hasChampion = false;
    expect((await declare({ web: {} })).releases).toEqual([]);
    expect(await stores.endpoints.list('trips')).toHaveLength(1);
    expect(await stores.releases.list({ project: 'trips' })).toEqual([]);
  });

  it('is refused where two models have an endpoint of one name, with the place of the second', async () => {
    await room.apply(commit(), 'ada');
    const [tree] = Object.values(room.trees);
    const project = parse(String(tree?.['ratchet.project.yaml']));
    const other = { ...parse(String(tree?.[file])), model: 'early', serving: { web: {} } };
    const models = [...project.models, { name: 'early', path: 'models/early' }];
    const files = { ...model({ web: {} }).others, 'models/early/ratchet.yaml': stringify(other) };
    const examples = { 'models/early/examples.sql': tree?.['models/late/examples.sql'] };
    const applied = room.apply(commit({ file: { models }, others: { ...files, ...examples } }), null);
    await expect(applied).rejects.toMatchObject({
      code: 'CONFIG_INVALID',
      message: expect.stringMatching(
        /^models\/early\/ratchet\.yaml:\d+:\d+: serving\.web is .*early and of late/,
      ),
    });
    expect(await stores.endpoints.list('trips')).toEqual([]);
  });

  it('releases the endpoints whose serving code it changes, by a row that is there before it is handled', async () => {
    const { id } = await declare({ web: { application: { path: 'apps/web' } }, desk: {} });
    const { releases, result } = await push(id, { others: { 'apps/web/main.ts': 'export {}' } });
    expect(releases).toHaveLength(1);
    expect(ids(releases)?.[0]).toMatch(/^trips\.web\.push-/);
    expect(result).toMatch(/trains none of 1 models, releases web/);
    const release = await stores.releases.get(ids(releases)?.[0] ?? '');
    expect(release.causes).toMatchObject([
      { facts: { kind: 'push', paths: ['apps/web/main.ts'], files: 1 } },
    ]);
  });

  it('gives the releases also where its head was handled by another meanwhile', async () => {
    const { id } = await declare({ web: { application: { path: 'apps/web' } } });
    const first = await push(id, { others: { 'apps/web/main.ts': 'export {}' } });
    const to = Object.keys(room.trees).at(-1) ?? '';
    const deps = { ...room.deps, ...stores, lines: stores.modelLines, refs: stores.trackedRefs };
    const head = { project: 'trips', ref, repo: room.repo, from: id, to, applies: true, refusal: null };
    const { champions } = room.deps;
    const again = await recordHead({ ...deps, champions } as unknown as TriggerDeps, head);
    expect(again).toMatchObject({ result: 'its head is handled already', releases: first.releases });
  });
});
