import { describe, expect, it } from 'vitest';
import { lookAtEndpoint } from '../../../activities/endpoints/look-at-endpoint.js';
import { declared, declaringCommit, wantedOf } from '../../conformance/serving-subject.js';
import { createMemoryBlobStore } from '../../fakes/memory-blob-store.js';
import { createMemoryStores } from '../../fakes/stores/memory-stores.js';
import { MemoryTarget } from '../serving/memory-target.js';

const name = { project: 'flights', endpoint: 'web' };
const at = { http: 'http://127.0.0.1:1', grpc: '', metrics: '' };

async function room(lines: readonly string[] = []) {
  const { endpoints, projects } = createMemoryStores();
  const config = { version: 1, project: 'flights', models: [], sources: {} } as never;
  await projects.put({ name: 'flights', repo: '/r', ref: 'main', commit: declaringCommit, config });
  await endpoints.declare('flights', declaringCommit, [declared('web')], 'ann');
  const target = new MemoryTarget('process', at);
  target.logs = async (_name?: unknown, count = 0) => lines.slice(-count);
  const blobs = createMemoryBlobStore();
  return { deps: { blobs, endpoints, targets: { process: target } }, blobs, target };
}

describe('looking at an endpoint', () => {
  it('gives what its target observes, and no log where none is asked for', async () => {
    const { deps, target } = await room(['one']);
    await target.deploy(wantedOf(name, 3));
    const { observed, log } = await lookAtEndpoint(deps, { ...name, logLines: null });
    expect(observed).toMatchObject({ ordinal: 3, replicas: [{ state: 'ready' }] });
    expect(log).toBeNull();
  });

  it('keeps lines of its log as a blob, none longer than can be read', async () => {
    const { deps, blobs } = await room(['one', 'two', 'x'.repeat(10_000)]);
    const { log } = await lookAtEndpoint(deps, { ...name, logLines: 2 });
    expect(log && (await blobs.getJson(log))).toEqual(['two', 'x'.repeat(4000)]);
  });

  it('says so where there is no such endpoint, or no target of it here', async () => {
    const { deps } = await room();
    const other = lookAtEndpoint(deps, { ...name, endpoint: 'other', logLines: null });
    await expect(other).rejects.toMatchObject({ code: 'ENDPOINT_NOT_FOUND' });
    const without = lookAtEndpoint({ ...deps, targets: {} }, { ...name, logLines: null });
    await expect(without).rejects.toMatchObject({ code: 'PART_MISSING' });
  });
});
