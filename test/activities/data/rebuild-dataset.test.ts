import { describe, expect, it } from 'vitest';
import type { DatasetManifest } from '../../../domain/ports/datasets.js';
import { projectOpener, tripsCsv } from './small-project.js';

const open = projectOpener();

describe('an old version', () => {
  it('is made again with the same digest when its sources and its repository have moved on', async () => {
    const project = await open();
    const { record, manifest } = await project.publish();
    project.deps.sources.queries.set(
      'select * from trips',
      tripsCsv((trip) => trip.with(5, '1')),
    );
    Object.assign(project.deps, { git: undefined });
    expect(await project.rebuild('1')).toEqual({ version: 1, digest: record.digest, rows: manifest.rows });
  });

  it('that does not have its digest is told with what differs', async () => {
    const project = await open();
    const { manifest } = await project.publish();
    const changed: DatasetManifest = { ...manifest, digest: '0'.repeat(64), key: '1'.repeat(64) };
    await project.deps.datasets.publish(changed, await project.deps.blobs.putJson(changed), null);
    await expect(project.rebuild('2')).rejects.toMatchObject({
      code: 'DATASET_CHANGED',
      message: expect.stringContaining('columns that differ: none in their statistics'),
      details: { stored: '0'.repeat(64), rebuilt: manifest.digest },
    });
  });

  it('that is not there is not found, and one whose raw rows are gone says so', async () => {
    const project = await open();
    const { manifest } = await project.publish();
    await expect(project.rebuild('7')).rejects.toMatchObject({ code: 'DATASET_NOT_FOUND' });
    const lost = manifest.sources[0]?.snapshot.sha256;
    for (const [key, { sha256 }] of project.deps.blobs.objects)
      if (sha256 === lost) project.deps.blobs.objects.delete(key);
    await expect(project.rebuild('1')).rejects.toMatchObject({ code: 'BLOB_MISSING' });
  });
});
