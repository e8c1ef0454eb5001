import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { buildApplication } from '../../../activities/serving/application/build-application.js';
import { writeTar } from '../../../domain/archive/write-tar.js';
import { unpackApplication } from '../../../serving/application/unpack-application.js';
import { applicationRoom, oneNumber } from '../../activities/serving/application/application-room.js';
import { addsTo } from '../small-models.js';
import { applicationServer } from './served-application.js';

const room = applicationRoom();
const { serveFolder, serveManifest } = applicationServer();

describe('a bundle', () => {
  it('is built, unpacked and served, and answers as its code says', async () => {
    const text = oneNumber({ preprocess: 'return { x: row.a * 100 };' });
    const source = await room.source({ 'src/application.ts': text, 'src/application.test.ts': null });
    const { folder, ...work } = await room.work();
    const built = await buildApplication(room.deps(), source, { folder, ...work });
    const place = join(folder, 'unpacked');
    await unpackApplication(built.bundlePath, built.sha256, place);
    const { predict } = await serveFolder(place, folder, {});
    expect((await predict([{ a: 2 }])).body).toMatchObject({ predictions: [{ y: 201 }] });
    // Again: what is there is left.
    const before = await stat(place);
    await unpackApplication(built.bundlePath, built.sha256, place);
    expect((await stat(place)).mtimeMs).toBe(before.mtimeMs);
  });

  it('is served where the manifest names it, beside the model that the manifest names', async () => {
    const source = await room.source({
      'src/application.ts': oneNumber({}),
      'src/application.test.ts': null,
    });
    const { folder, ...work } = await room.work();
    const built = await buildApplication(room.deps(), source, { folder, ...work });
    const place = join(folder, 'unpacked');
    await unpackApplication(built.bundlePath, built.sha256, place);
    const { predict, get } = await serveManifest(folder, { folder: place, sha256: built.sha256 }, addsTo(7));
    expect(await predict([{ a: 1 }])).toMatchObject({
      status: 200,
      body: { predictions: [{ y: 8 }], model_name: 'adds', model_version: '3' },
    });
    expect((await get('/openapi.json')).status).toBe(200);
  });

  it('of another digest is not unpacked, nor one that holds more than plain files', async () => {
    const { folder } = await room.work();
    const path = join(folder, 'bundle.tar');
    const place = join(folder, 'place');
    await mkdir(join(folder, 'other'));
    await writeFile(path, writeTar([{ name: 'a', content: Buffer.from('a') }]));
    await expect(unpackApplication(path, '0'.repeat(64), place)).rejects.toMatchObject({
      code: 'BLOB_CORRUPT',
    });
    const evil = Buffer.from(await readFile(path));
    evil.write('2', 156);
    evil.write('        ', 148);
    const sum = evil.subarray(0, 512).reduce((total, byte) => total + byte, 0);
    evil.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
    await writeFile(path, evil);
    const sha256 = createHash('sha256').update(evil).digest('hex');
    await expect(unpackApplication(path, sha256, place)).rejects.toMatchObject({
      code: 'APPLICATION_INVALID',
    });
    expect((await readdir(folder)).sort()).toEqual(['bundle.tar', 'other']);
  });
});
